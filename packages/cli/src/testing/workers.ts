/** Further threads that run cases. */
import type { CaseReport } from '@flowdeck/testing';
import type { Io } from '../system/io.js';
import type { ChosenCase } from './choose.js';
import type { CaseSettings } from './one-case.js';

/** What a thread is started with. */
export interface WorkerTask {
  /** Of the shared work. */
  readonly memory: SharedArrayBuffer;
  /** Path of the file of each case, and which of its cases it is. */
  readonly cases: readonly (readonly [path: string, index: number])[];
  readonly settings: CaseSettings;
  readonly bail: boolean;
  readonly packs: readonly string[];
  readonly cwd: string;
  readonly env: Io['env'];
}

/** What a thread tells. */
export interface WorkerReport {
  readonly place: number;
  readonly report: CaseReport;
}

interface WorkersRequest extends Omit<WorkerTask, 'cases' | 'cwd' | 'env'> {
  readonly cases: readonly ChosenCase[];
  readonly io: Io;
}

/** @param reports Takes in what comes, by place. */
export function startWorkers(threads: number, { cases, io, ...task }: WorkersRequest, reports: CaseReport[]) {
  const places = cases.map(({ file, entry }) => [file.path, file.suite.cases.indexOf(entry)] as const);
  const workerData: WorkerTask = { ...task, cases: places, cwd: io.cwd, env: { ...io.env } };
  const ended = Array.from({ length: threads }, () => runWorker(workerData, reports));
  return {
    /** When all have ended: why one did before its time. Null: none did. */
    ended: Promise.all(ended).then((all) => all.find((why) => why !== null) ?? null),
  };
}

function runWorker(workerData: WorkerTask, reports: CaseReport[]): Promise<string | null> {
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  // This is a chunk of the build: threads run what is built.
  const program = new URL('../test-worker.js', import.meta.url);
  return new Promise((resolve) => {
    const worker = new Worker(program, { workerData });
    worker.on('message', ({ place, report }: WorkerReport) => {
      reports[place] = report;
    });
    worker.on('error', (error) => resolve(error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => resolve(code === 0 ? null : `its exit code is ${code}`));
  });
}
