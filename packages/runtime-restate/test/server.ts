/** A Restate server on loopback, with telemetry off. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { freePort } from '@flowdeck/testing/runtime-contract';

/** The server's binary, from its package or where `FLOWDECK_RESTATE` says; null where that is not installed. */
export function serverBinary(): string | null {
  const given = process.env['FLOWDECK_RESTATE'];
  if (given !== undefined) return given;
  try {
    const manifest = `@restatedev/restate-server-${process.platform}-${process.arch}/package.json`;
    const binary = join(dirname(createRequire(import.meta.url).resolve(manifest)), 'bin', 'restate-server');
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}

export class RestateServer {
  readonly ingress: string;
  readonly admin: string;
  readonly #start: () => ChildProcess;
  #process: ChildProcess;

  private constructor(start: () => ChildProcess, ingress: number, admin: number) {
    this.#start = start;
    this.#process = start();
    this.ingress = `http://127.0.0.1:${ingress}`;
    this.admin = `http://127.0.0.1:${admin}`;
  }

  /** Starts one that keeps its data in `dir`, and resolves when it answers. */
  static async open(binary: string, dir: string): Promise<RestateServer> {
    const [ingress, admin, node] = [await freePort(), await freePort(), await freePort()];
    const start = () =>
      spawn(binary, ['--base-dir', dir, '--bind-address', `127.0.0.1:${node}`], {
        env: {
          ...process.env,
          RESTATE_DISABLE_TELEMETRY: 'true',
          RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${node}`,
          RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
          RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
        },
        stdio: 'ignore',
      });
    const server = new RestateServer(start, ingress, admin);
    await server.#answers();
    return server;
  }

  /** Of its process. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Tells the server of a worker. */
  async admit(port: number): Promise<void> {
    const answer = await fetch(`${this.admin}/deployments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ uri: `http://127.0.0.1:${port}`, force: true }),
    });
    if (!answer.ok) throw new Error(`The server refuses the worker: ${await answer.text()}`);
  }

  /** Kills the server, and starts it again on its data after `meanwhile`. */
  async crash(meanwhile: () => Promise<void> = async () => {}): Promise<void> {
    await this.close();
    await meanwhile();
    this.#process = this.#start();
    await this.#answers();
  }

  async close(): Promise<void> {
    const { exitCode, signalCode } = this.#process;
    if (exitCode !== null || signalCode !== null) return;
    await new Promise<void>((resolve) => {
      this.#process.once('exit', () => resolve());
      this.#process.kill('SIGKILL');
    });
  }

  /** Asks again, one turn of the network after the other, until all answers are good. It is well before it opens what it keeps. */
  async #answers(): Promise<void> {
    const query = JSON.stringify({ query: 'SELECT id FROM sys_invocation LIMIT 1' });
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const questions = [
      () => fetch(`${this.admin}/health`),
      () => fetch(`${this.ingress}/restate/health`),
      () => fetch(`${this.admin}/query`, { method: 'POST', headers, body: query }),
    ];
    for (const ask of questions) {
      while (!(await ask().catch(() => null))?.ok) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
