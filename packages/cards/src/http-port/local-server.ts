/** A server on this machine for tests, and ways to see what an error tells. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { HttpError } from '@flowdeck/engine';

export interface LocalServer {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  readonly port: number;
  /** Connections accepted so far. */
  readonly connections: () => number;
  /** Ends all connections and stops listening. */
  stop(): Promise<void>;
}

/** Serves HTTP on a free port. */
export function serve(listener: RequestListener): Promise<LocalServer> {
  return listen(createServer(listener));
}

/** Lets any server listen on a free port of 127.0.0.1. */
export async function listen(server: Server): Promise<LocalServer> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  server.on('connection', (socket: Socket) => {
    accepted++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Only a pipe has a text for an address.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    connections: () => accepted,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The `HttpError` with which a request fails. */
export async function failure(answer: Promise<unknown>): Promise<HttpError> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof HttpError) return error;
    throw error;
  }
  throw new Error('The request was expected to fail.');
}
