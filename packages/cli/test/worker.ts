/** Commands that stay, such as `flowdeck work`, as a process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('./flowdeck.ts', import.meta.url));

/** Processes under way: none outlives a test that fails. */
const started = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});

export interface Working {
  /** What it printed when it took runs. */
  readonly told: Readonly<Record<string, unknown>>;
  /** Exit code; null after a signal that nobody hears. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Resolves when it takes runs. */
export function startWorker(cwd: string, argv: readonly string[]): Promise<Working> {
  return startStaying(cwd, ['work', ...argv]);
}

/** Resolves when it has said as JSON what it does. */
export async function startStaying(cwd: string, argv: readonly string[], env = {}): Promise<Working> {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), COMMAND, ...argv, '--json'], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  const ended = new Promise<number | null>((settle) => child.once('exit', settle));
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += text;
  });
  let text = '';
  for await (const line of createInterface({ input: child.stdout })) {
    text += line;
    if (line === '}') break;
  }
  const told = JSON.parse(text === '' ? '{}' : text);
  if (told.error !== undefined || text === '')
    throw new Error(`flowdeck ${argv[0]} ended with ${await ended}: ${text} ${errors}`);
  return {
    told,
    async end(signal) {
      child.kill(signal);
      const code = await ended;
      started.delete(child);
      return code;
    },
  };
}
