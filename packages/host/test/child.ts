/** A TypeScript program of the tests as a child process whose lines can be awaited. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Child {
  readonly pid: number;
  /** The next line that it prints, or null at its end. */
  line(): Promise<string | null>;
  send(text: string): void;
  /** Ends it at once, without any chance to tidy up, and waits until it is gone. */
  kill(): Promise<void>;
  /** Resolves when it is gone: its exit code, or null when it was killed. */
  readonly ended: Promise<number | null>;
}

export function startChild(program: string, args: readonly string[]): Child {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? 0,
    ended,
    async line() {
      const next = await lines.next();
      return next.done ? null : next.value;
    },
    send: (text) => void child.stdin.write(`${text}\n`),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
