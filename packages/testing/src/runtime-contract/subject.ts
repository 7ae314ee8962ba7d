/** A runtime as the contract tries it. */
import type { RuntimeClient } from '@flowdeck/engine';

/** A program that is a worker: it calls `contractWorker`, takes runs and says that it is ready. */
export interface WorkerProgram {
  /** Path of the module. */
  readonly file: string;
  /** What it is told beside the order of the contract. */
  readonly args: readonly string[];
}

/** A runtime that is up: its server or database, if it has one, without a worker. */
export interface OpenRuntime {
  /** The program of a worker. `interpreter`: for a runtime that has a place for each version. */
  worker(interpreter: string): WorkerProgram | Promise<WorkerProgram>;
  /** Makes a worker known that has just said that it is ready. */
  readonly admit?: (interpreter: string) => Promise<void>;
  /** The runtime from outside. */
  readonly client: RuntimeClient;
  /** Kills what is behind the workers, waits for `meanwhile`, and starts it again. Absent: there is nothing behind them. */
  readonly crash?: (meanwhile: () => Promise<void>) => Promise<void>;
  /** Ends what was opened. */
  close(): Promise<void>;
}

/** What a runtime is, as far as it matters to the contract. */
export interface RuntimeSubject {
  /** For messages. */
  readonly name: string;
  /** False: runs end with their process, so that nothing can be shown of crashes. */
  readonly outlivesProcess: boolean;
  /** At how many places of a run a crash is tried. Default: at every one. */
  readonly crashes?: number;
  /** Opens it in an empty directory. */
  open(dir: string): Promise<OpenRuntime>;
}
