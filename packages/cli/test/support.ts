/** What the tests of the command share: a process in memory, and files in a directory of their own. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Io, main, type Output } from '../src/index.js';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunSetup {
  readonly cwd?: string;
  readonly env?: Io['env'];
  /** What standard input holds, or how reading it fails. */
  readonly stdin?: string | Error;
  readonly signal?: AbortSignal;
  /** Hears what is written to standard error, when it is written. */
  readonly onError?: (text: string) => void;
  /** A terminal of this size on standard error. */
  readonly terminal?: { readonly columns: number; readonly rows: number };
}

/** Runs the command in this process. */
export async function flowdeck(argv: readonly string[], setup: RunSetup = {}): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const output = (name: keyof typeof written): Output => ({
    write: (text) => {
      written[name] += text;
      if (name === 'stderr') setup.onError?.(text);
    },
    isTTY: name === 'stderr' && setup.terminal !== undefined,
    columns: setup.terminal?.columns ?? 80,
    rows: setup.terminal?.rows ?? 24,
  });
  const code = await main(argv, {
    stdout: output('stdout'),
    stderr: output('stderr'),
    stdin: async () => {
      if (setup.stdin instanceof Error) throw setup.stdin;
      return Buffer.from(setup.stdin ?? '');
    },
    env: setup.env ?? {},
    cwd: setup.cwd ?? tmpdir(),
    signal: setup.signal ?? new AbortController().signal,
  });
  return { code, ...written };
}

/** A directory with these files; what is neither text nor bytes is written as JSON. */
export class Directory {
  readonly path: string;

  constructor(files: Readonly<Record<string, unknown>> = {}) {
    this.path = realpathSync(mkdtempSync(join(tmpdir(), 'flowdeck-cli-')));
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  write(name: string, content: unknown): void {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    const isRaw = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(path, isRaw ? content : JSON.stringify(content, null, 2));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Runs the command in a new directory with these files. */
export async function flowdeckIn(
  files: Readonly<Record<string, unknown>>,
  argv: readonly string[],
  setup: RunSetup = {},
): Promise<Ran> {
  const directory = new Directory(files);
  try {
    return await flowdeck(argv, { ...setup, cwd: directory.path });
  } finally {
    directory.remove();
  }
}

/** Greets somebody in three cards. */
export const GREET = {
  flowdeck: 1,
  id: 'greet',
  name: 'Greet someone',
  type: 'manual',
  inputs: [{ key: 'name', type: 'text', required: true }],
  outputs: [{ key: 'greeting', type: 'text' }],
  cards: [
    { id: 'words', card: 'text.compose', in: { template: 'Hello {{name}}', name: { from: '/inputs/name' } } },
    { id: 'mark', card: 'text.concatenate', in: { 'text 1': { from: '/words/output' }, 'text 2': '!' } },
    { card: 'flow.return', in: { greeting: { from: '/mark/output' } } },
  ],
};

/** A flow of these cards. */
export function flowOf(
  cards: readonly unknown[],
  rest: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return { flowdeck: 1, id: 'main', type: 'manual', ...rest, cards };
}
