/** A worker as a server of its own: it listens, and tells Restate where it is. */
import { createServer, type ServerHttp2Session } from 'node:http2';
import { runtimeAway } from '@flowdeck/engine/kit';
import * as restate from '@restatedev/restate-sdk';
import { askServer, has, messageOf, refused } from './server.js';
import { sweepRestateAnnex } from './sweep.js';
import { type RestateWorkerOptions, restateWorker } from './worker.js';

/** Levels of the log that are told. The library has a name for them in its types only. */
const TOLD: ReadonlySet<string> = new Set(['warn', 'error']);

/** A worker, and where it and its server find each other. */
export interface RestateListenOptions extends RestateWorkerOptions {
  /** Where the server takes deployments, such as `http://localhost:9070`. */
  readonly admin: string;
  /** 0 takes a free one. Default 9080. */
  readonly port?: number;
  /** Default `127.0.0.1`: only a server on this machine reaches it. */
  readonly hostname?: string;
  /** Where the server reaches this worker. Default: `hostname` and `port`. */
  readonly address?: string;
  /** Sent with the request to `admin`, such as `authorization`. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds between two looks for runs that are over and have left something in the annex. Default 60,000. */
  readonly sweepMs?: number;
  /** Told what keeps a run from going on, in words of Restate; it is tried again. Default: dropped. */
  readonly onWarning?: (message: string) => void;
}

/** A worker that Restate hands runs to. */
export interface ListeningRestateWorker {
  /** Where the server reaches it. */
  readonly url: string;
  /** Takes no more; what is under way goes on elsewhere, or when a worker listens there again. */
  close(): Promise<void>;
}

/**
 * Listens, and makes the worker known to the server.
 *
 * @throws FlowdeckError `runtime-away`, `runtime-refused`; the error of the platform when it cannot listen.
 * @example
 * const worker = await listenForRestate({ engine, decks, admin: 'http://localhost:9070' });
 */
export async function listenForRestate(options: RestateListenOptions): Promise<ListeningRestateWorker> {
  const { port = 9080, hostname = '127.0.0.1', onWarning = () => {} } = options;
  const endpoint = restate.endpoint().setLogger(({ level }, message, ...rest) => {
    if (TOLD.has(level)) onWarning([message, ...rest].map(wordsOf).join(' '));
  });
  for (const service of restateWorker(options)) endpoint.bind(service);
  const server = createServer(endpoint.http2Handler());
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, resolve);
  });
  const sweeping = sweepingOf(options, onWarning);
  const close = () =>
    new Promise<void>((resolve) => {
      clearInterval(sweeping);
      server.close(() => resolve());
      for (const session of sessions) session.destroy();
    });
  try {
    const bound = server.address();
    const own = typeof bound === 'object' && bound !== null ? bound.port : port;
    const url = options.address ?? `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${own}`;
    await makeKnown(url, options);
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function sweepingOf(options: RestateListenOptions, warn: (message: string) => void): NodeJS.Timeout | undefined {
  const { annex, sweepMs = 60_000 } = options;
  if (annex === undefined) return undefined;
  const sweep = () =>
    void sweepRestateAnnex({ ...options, annex }).catch((error: unknown) => warn(`The annex is not swept: ${error}`));
  return setInterval(sweep, sweepMs).unref();
}

/** A worker that listens at an address again may bring other services: the server takes what it says now. */
async function makeKnown(uri: string, { admin, headers = {} }: RestateListenOptions): Promise<void> {
  const what = `Restate at ${admin}`;
  const body = { uri, force: true };
  const answer = await askServer(new URL('/deployments', admin), { method: 'POST', headers, body });
  if (answer.status < 300 && has(answer.body, 'services')) return;
  if (answer.status < 300 || !has(answer.body, 'message')) throw refused(answer, what);
  if (answer.status === 401 || answer.status === 403) throw refused(answer, what);
  throw runtimeAway(what, `it does not take the worker at ${uri}: ${messageOf(answer.body)}`);
}

function wordsOf(part: unknown): string {
  return part instanceof Error ? part.message : String(part);
}
