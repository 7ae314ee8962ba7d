/** A server of deliveries in a process of its own, which tells what it has cost. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { createHandler, listen } from '@flowdeck/host';
import { bareServer } from './h1-bare.js';
import { hostIn, type Keeps } from './h1-host.js';
import { confined } from './one-core.js';

/** `bare` does what every receiver has to, `host` runs a flow for each delivery besides, `lasting` so that the run outlives it. */
export type ServerKind = 'bare' | 'host' | 'lasting';

interface Address {
  readonly port: number;
  readonly path: string;
}

/** Serves until its input ends; writes where, and for every line that it reads the nanoseconds of a processor it has taken. */
export async function serveUntilEnd(kind: ServerKind, dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const { close, ...address } = await SERVERS[kind](dir);
  const tell = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
  tell(address);
  for await (const _ of createInterface({ input: process.stdin })) {
    const { user, system } = process.cpuUsage();
    tell((user + system) * 1_000);
  }
  await close();
}

const SERVERS: Readonly<Record<ServerKind, (dir: string) => Promise<Address & { close(): Promise<void> }>>> = {
  async bare(dir) {
    const file = await open(join(dir, 'log'), 'a');
    const server = bareServer(file);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A server that listens on a port has an address of that kind.
    const { port } = server.address() as { port: number };
    return {
      ...{ port, path: '/hook' },
      async close() {
        server.close();
        server.closeAllConnections();
        await file.close();
      },
    };
  },
  host: (dir) => served(dir, 'events'),
  lasting: (dir) => served(dir, 'runs'),
};

async function served(dir: string, keeps: Keeps) {
  const { host, path } = await hostIn(dir, keeps, () => {});
  const server = await listen(createHandler(host));
  const port = Number(new URL(server.url).port);
  return {
    ...{ port, path },
    async close() {
      await server.close();
      await host.stop();
    },
  };
}

/** One of these, as the process that measures sees it. */
export class Server {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  address: Address = { port: 0, path: '' };

  private constructor(child: ChildProcess, output: Interface) {
    this.#child = child;
    this.#lines = output[Symbol.asyncIterator]();
  }

  /** `program` is one that calls `serveUntilEnd` with what follows `serve`. */
  static async start(program: string, kind: ServerKind, dir: string): Promise<Server> {
    const [command, ...args] = confined(0, [process.execPath, program, 'serve', kind, dir]);
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const server = new Server(child, createInterface({ input: child.stdout }));
    server.address = (await server.#read()) as Address; // what `serveUntilEnd` writes first
    return server;
  }

  /** Nanoseconds of a processor that it has taken so far. */
  async spent(): Promise<number> {
    this.#child.stdin?.write('\n');
    return Number(await this.#read());
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin?.end();
    await ended;
  }

  async #read(): Promise<unknown> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error('The server has ended.');
    return JSON.parse(value);
  }
}
