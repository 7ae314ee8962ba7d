/** A host in a process of its own, for tests: its files, what it says, and the way to ask it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('./flowdeck.ts', import.meta.url));
const TOKEN = 'a-token-of-the-owner';

/** Flow files in the folder `flows`, and a host of them. */
export class Served {
  readonly cwd = mkdtempSync(join(tmpdir(), 'flowdeck-reload-'));
  #child: ChildProcess | null = null;
  #told: Readonly<Record<string, unknown>> = {};
  #said: string[] = [];
  #isOver = false;
  #heard: () => void = () => {};

  constructor() {
    mkdirSync(join(this.cwd, 'flows'));
  }

  /** As editors do: a file is whole at any time. */
  write(name: string, content: object | string): void {
    const path = join(this.cwd, name);
    writeFileSync(`${path}~`, typeof content === 'string' ? content : JSON.stringify(content));
    renameSync(`${path}~`, path);
  }

  async start(...args: readonly string[]): Promise<void> {
    const argv = ['--import', import.meta.resolve('tsx'), COMMAND, 'serve', 'flows', '--port', '0', '--json', ...args];
    const child = spawn(process.execPath, argv, {
      cwd: this.cwd,
      env: { ...process.env, FLOWDECK_ADMIN_TOKEN: TOKEN },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#said = [];
    this.#isOver = false;
    createInterface({ input: child.stderr })
      .on('line', (line) => {
        // What happens in the host has lines of its own.
        if (/^\d{4}-\d\d-\d\dT/.test(line)) return;
        this.#said.push(line);
        this.#heard();
      })
      .on('close', () => {
        this.#isOver = true;
        this.#heard();
      });
    let text = '';
    for await (const line of createInterface({ input: child.stdout })) {
      text += line;
      if (line === '}') break;
    }
    this.#told = JSON.parse(text) as Readonly<Record<string, unknown>>; // what the command prints is an object
  }

  /** What the command printed when it listened. */
  get told(): Readonly<Record<string, unknown>> {
    return this.#told;
  }

  /** Where it listens. */
  get url(): string {
    return String(this.#told['url']);
  }

  /** All that is said up to a line, which is then forgotten. */
  async saysUpTo(line: RegExp): Promise<string> {
    for (;;) {
      const at = this.#said.findIndex((each) => line.test(each));
      if (at >= 0) return this.#said.splice(0, at + 1).join('\n');
      if (this.#isOver) throw new Error(`The host has ended, and said only: ${this.#said.join('\n')}`);
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }

  hangUp(): void {
    this.#child?.kill('SIGHUP');
  }

  async ask(path: string, body?: object): Promise<{ readonly status: number; readonly body: unknown }> {
    const response = await fetch(this.url + path, {
      headers: { authorization: `Bearer ${TOKEN}` },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  async end(): Promise<number | null> {
    const child = this.#child;
    if (child === null) return null;
    const ended = new Promise<number | null>((settle) => child.once('exit', settle));
    child.kill('SIGTERM');
    return ended;
  }

  discard(): void {
    this.#child?.kill('SIGKILL');
    rmSync(this.cwd, { recursive: true, force: true });
  }
}

export async function serving(work: (served: Served) => Promise<void>): Promise<void> {
  const served = new Served();
  try {
    await work(served);
  } finally {
    served.discard();
  }
}
