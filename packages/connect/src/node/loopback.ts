/** Waits on loopback for the browser to come back from a login (RFC 8252, section 7.3). */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { FlowdeckError } from '@flowdeck/engine';
import type { ConnectCode } from '../codes.js';

/** A place that a browser can be sent back to. */
export interface LoopbackCallback {
  /** Give it to `beginLogin`: `http://127.0.0.1:PORT/callback`. */
  readonly redirectUri: string;
  /** The URL that the browser came back with. Rejects when `signal` aborts. */
  readonly answered: Promise<URL>;
  /** Ends listening. What still waits is rejected. */
  close(): Promise<void>;
}

/** Where it listens. */
export interface LoopbackOptions {
  /** Default: any free one. Some services know one redirect URI only. */
  readonly port?: number;
  /** Default `/callback`. */
  readonly path?: string;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
}

const PAGE =
  '<!doctype html><meta charset="utf-8"><title>Flowdeck</title><p>You can close this page and go back to the terminal.';

/**
 * Listens for one callback. Requests to other paths, and from pages of other names, are refused and waited past.
 *
 * @throws FlowdeckError `login-port` when nobody can listen there.
 */
export async function loopbackCallback(options: LoopbackOptions = {}): Promise<LoopbackCallback> {
  const { port = 0, path = '/callback', signal } = options;
  let settle: (url: URL) => void = () => undefined;
  let refuse: (error: unknown) => void = () => undefined;
  const answered = new Promise<URL>((resolve, reject) => {
    settle = resolve;
    refuse = reject;
  });
  // Whoever never asks for the answer is not told of its end either.
  answered.catch(() => undefined);
  const server = createServer((request, response) => answer(request, response));
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', origin);
    const isOurs = request.headers.host === new URL(origin).host && request.method === 'GET' && url.pathname === path;
    response.writeHead(isOurs ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', connection: 'close' });
    response.end(isOurs ? PAGE : '');
    if (isOurs) settle(url);
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(notListening(port, cause)));
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`;
  const close = async () => {
    refuse(new FlowdeckError<ConnectCode>('login-cancelled', 'The login was given up.'));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  signal?.addEventListener('abort', () => void close(), { once: true });
  return { redirectUri: `${origin}${path}`, answered, close };
}

function notListening(port: number, cause: unknown): FlowdeckError {
  return new FlowdeckError<ConnectCode>('login-port', `Nobody can listen on port ${port} of this machine.`, {
    hint: 'Give another port, or log in with --paste.',
    cause,
  });
}
