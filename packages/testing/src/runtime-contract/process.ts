/** A worker as a process: started, ready, killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { WorkerProgram } from './subject.js';
import { ORDER_VARIABLE, type WorkerOrder } from './worker.js';

/** A process that has said that it is ready. */
export interface WorkerProcess {
  readonly child: ChildProcess;
  readonly revisions: Revisions;
}

/** Of the two decks, whichever of them the worker holds. */
export interface Revisions {
  readonly first: string;
  readonly changed: string;
}

/** Starts a program, and resolves when it is ready. */
export async function started({ file, args }: WorkerProgram, order: WorkerOrder): Promise<WorkerProcess> {
  const child = spawn(process.execPath, [...execArgvFor(file), file, ...args], {
    env: { ...process.env, [ORDER_VARIABLE]: JSON.stringify(order) },
    // Its input stays open as long as this process lives: a worker whose contract is gone ends.
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // What is written must be taken, or the worker waits for that.
  let errors = '';
  child.stderr.on('data', (data: Buffer) => {
    errors = `${errors}${data}`.slice(-MOST_TEXT);
  });
  let output = '';
  const revisions = await new Promise<Revisions>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      output = `${output}${data}`.slice(-MOST_TEXT);
      const found = /ready (\w+) (\w+)\n/.exec(output);
      const [, first, changed] = found ?? [];
      if (first !== undefined && changed !== undefined) resolve({ first, changed });
    });
    child.once('exit', (code, signal) => reject(new Error(`The worker ended with ${code ?? signal}: ${errors}`)));
    child.once('error', reject);
  });
  return { child, revisions };
}

/** Kills a process without any warning, and resolves when it is gone. */
export function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** Of what a worker says the end is kept, for messages. */
const MOST_TEXT = 4_000;

/** Sources are run as this process runs its own. */
function execArgvFor(file: string): readonly string[] {
  return file.endsWith('.ts') ? process.execArgv : [];
}
