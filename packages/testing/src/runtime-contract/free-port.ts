/** Where a server can listen. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below those that systems give to connections (RFC 6335, section 6; Linux from 32768): none of them takes a port before its server does. */
const PORTS = { from: 10_000, to: 32_000 } as const;

/** A port of 127.0.0.1 on which nobody listens, for a server that comes back to it. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(PORTS.from, PORTS.to);
    if (await isFree(port)) return port;
  }
  throw new Error('No port is free.');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
