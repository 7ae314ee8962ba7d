/** A handler behind Node's HTTP server, by srvx. */
import { serve } from 'srvx';

/** Where a server listens. */
export interface ListenOptions {
  /** Default: one that is free. */
  readonly port?: number;
  /** Default `127.0.0.1`: nobody but this machine. */
  readonly hostname?: string;
  /** Milliseconds for what is under way when the server closes; then its connections are cut. Default 10,000. */
  readonly closeMs?: number;
  /** Milliseconds for the whole of a request to come; then it is answered with 408 and its connection is cut. Default 30,000. */
  readonly requestMs?: number;
}

/** A server that listens. */
export interface HttpServer {
  /** Where it is reached, such as `http://127.0.0.1:3000/`. */
  readonly url: string;
  /** Takes nothing more, answers what is under way, and resolves then: after `closeMs` at the latest. */
  close(): Promise<void>;
}

/** Milliseconds for the headers of a request, and for all of it: slow senders hold a connection no longer. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
/** How often it is looked for those who are too slow. */
const CHECK_MS = 1_000;
/** As long as a host gives the runs that are under way. */
const CLOSE_MS = 10_000;

/**
 * Listens with a handler.
 *
 * @throws Error of the platform when the port is taken.
 * @example
 * const server = await listen(createHandler(host), { port: 3000 });
 */
export async function listen(
  handle: (request: Request) => Promise<Response>,
  { port = 0, hostname = '127.0.0.1', closeMs = CLOSE_MS, requestMs = REQUEST_MS }: ListenOptions = {},
): Promise<HttpServer> {
  let isClosing = false;
  const server = serve({
    port,
    hostname,
    // The process that serves decides what signals mean.
    gracefulShutdown: false,
    silent: true,
    manual: true,
    node: {
      headersTimeout: Math.min(HEADERS_MS, requestMs),
      requestTimeout: requestMs,
      // Node looks every 30 seconds, unless it is told: whoever dribbles would have twice the time.
      connectionsCheckingInterval: Math.min(CHECK_MS, requestMs),
    },
    async fetch(request) {
      const response = await handle(request);
      // A connection that is kept alive would be waited for.
      if (isClosing) response.headers.set('connection', 'close');
      return response;
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.node?.server?.once('error', reject);
    Promise.resolve(server.serve()).then(() => resolve(), reject);
  });
  await server.ready();
  return {
    url: server.url ?? `http://${hostname}:${port}/`,
    async close() {
      isClosing = true;
      // A server that closes looks no more at how long a request takes to come: a sender that stalls would be waited for.
      const cutting = setTimeout(() => void server.close(true), closeMs);
      try {
        await server.close();
      } finally {
        clearTimeout(cutting);
      }
    },
  };
}
