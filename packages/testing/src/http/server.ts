/** What the simulated services share: listening on loopback, reading bodies, waiting, and stopping for good. */

import type { IncomingMessage, Server } from 'node:http';
import { FlowdeckError } from '@flowdeck/engine';
import type { TestingCode } from '../codes.js';

/** A server of a test, on 127.0.0.1. */
export interface Listening {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Stops listening, aborts `stopping`, ends all sockets. May be called twice. */
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1.
 *
 * @throws FlowdeckError `service-port` when the port is no port number, taken or forbidden
 */
export async function listen(server: Server, port: number, stopping: AbortController): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    const refuse = (cause: unknown) =>
      reject(
        new FlowdeckError<TestingCode>('service-port', `Cannot listen on 127.0.0.1, port ${port}.`, {
          cause,
          hint: 'Use port 0 for any free port.',
        }),
      );
    server.once('error', refuse);
    try {
      server.listen(port, '127.0.0.1', resolve);
    } catch (cause) {
      refuse(cause);
    }
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  let closed: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${bound}`,
    close() {
      closed ??= new Promise((resolve) => {
        stopping.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closed;
    },
  };
}

/** Reads a whole body. Undefined when it is larger than `limit` bytes; the rest is then left unread. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Breaking out of the loop would destroy the socket, and with it the answer; so the iterator must not do that.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > limit) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Path and query of a request target, undecoded. A target that is a whole URL loses its origin. */
export function splitTarget(target: string): { path: string; query: string } {
  const local = target.replace(/^https?:\/\/[^/?]*/i, '').split('#', 1)[0] ?? '';
  const mark = local.indexOf('?');
  return mark < 0 ? { path: local, query: '' } : { path: local.slice(0, mark), query: local.slice(mark + 1) };
}

/** Headers with one value a name, names in lower case; repeated ones are joined by ", ". */
export function plainHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

/** Waits for a time (milliseconds) and for a promise, whichever are given, but no longer than until `signal` aborts. */
export async function wait(
  pause: { readonly delayMs?: number; readonly until?: Promise<unknown> },
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted || (pause.delayMs === undefined && pause.until === undefined)) return;
  let timer: NodeJS.Timeout | undefined;
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
    signal.addEventListener('abort', stop, { once: true });
  });
  const time = new Promise<void>((resolve) => {
    if (pause.delayMs === undefined) resolve();
    else timer = setTimeout(resolve, pause.delayMs);
  });
  await Promise.race([stopped, Promise.all([time, pause.until?.catch(() => undefined)])]);
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
}
