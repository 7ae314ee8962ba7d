/** A PostgreSQL cluster on loopback, in a folder of its own, run by a user that is not root. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@flowdeck/testing/runtime-contract';
import pg from 'pg';

/** Where Debian keeps them, the newest first. */
const DEBIAN = '/usr/lib/postgresql';

/** The folder of PostgreSQL's programs; null where it is not installed. */
export function postgresPrograms(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [process.env['FLOWDECK_POSTGRES'], ...versions.map((version) => join(DEBIAN, version, 'bin'))];
  return folders.find((folder) => folder !== undefined && existsSync(join(folder, 'initdb'))) ?? null;
}

/** PostgreSQL does not run as root: then another user owns the cluster. */
function owner(): { readonly uid: number; readonly gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const ask = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: ask('-u'), gid: ask('-g') };
}

export class Cluster {
  readonly #programs: string;
  readonly #dir: string;
  readonly #port: number;
  readonly #owner = owner();
  #process: ChildProcess | null = null;

  private constructor(programs: string, dir: string, port: number) {
    this.#programs = programs;
    this.#dir = dir;
    this.#port = port;
  }

  /** Makes a cluster and starts it. It ends with this process. */
  static async open(programs: string): Promise<Cluster> {
    const dir = mkdtempSync(join(tmpdir(), 'flowdeck-postgres-'));
    const cluster = new Cluster(programs, dir, await freePort());
    process.once('exit', () => cluster.#remove());
    const user = cluster.#owner;
    if ('uid' in user && user.uid !== undefined) chownSync(dir, user.uid, user.gid);
    const args = ['-D', join(dir, 'data'), '-U', 'flowdeck', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
    execFileSync(join(programs, 'initdb'), args, { ...user, cwd: dir, stdio: 'ignore' });
    await cluster.#start();
    return cluster;
  }

  /** Of its first process. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** A new, empty database. */
  async database(name: string): Promise<string> {
    const client = new pg.Client({ connectionString: this.#url('postgres') });
    await client.connect();
    await client.query(`CREATE DATABASE "${name}"`);
    await client.end();
    return this.#url(name);
  }

  /** Kills all of the cluster's processes at once, and starts it on its data again after `meanwhile`. */
  async crash(meanwhile: () => Promise<void> = async () => {}): Promise<void> {
    const args = ['stop', '-D', join(this.#dir, 'data'), '-m', 'immediate', '-w'];
    execFileSync(join(this.#programs, 'pg_ctl'), args, { ...this.#owner, cwd: this.#dir, stdio: 'ignore' });
    await meanwhile();
    await this.#start();
  }

  async #start(): Promise<void> {
    const args = ['-D', join(this.#dir, 'data'), '-p', String(this.#port), '-k', this.#dir, '-h', '127.0.0.1'];
    this.#process = spawn(join(this.#programs, 'postgres'), [...args, '-c', 'max_connections=300'], {
      ...this.#owner,
      cwd: this.#dir,
      stdio: 'ignore',
    });
    this.#process.unref();
    while (!(await this.#answers())) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async #answers(): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.#url('postgres') });
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      return false;
    }
  }

  #url(database: string): string {
    return `postgres://flowdeck@127.0.0.1:${this.#port}/${database}`;
  }

  #remove(): void {
    this.#process?.kill('SIGQUIT');
    rmSync(this.#dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}
