/** What a run waits for that something remembers: a life that does nothing else may be given up, and the next one finds its place again. */
import type { Redactor } from '../observe/index.js';
import type { Step } from '../plan/index.js';
import type { Starts } from './card-numbers.js';
import type { Execution } from './execution.js';
import type { Frame } from './frame.js';
import type { Run } from './run.js';
import type { TableTally } from './table-changes.js';
import type { RunTree } from './tree.js';

/** What a life that was given up leaves to the next one: what no replay brings back. */
export interface EarlierLife {
  /** Ids of what it waited for. */
  readonly waits: readonly string[];
  /** By the monotonic clock: the limit of time, and how long the run took, count from there. */
  readonly startedElapsed: number;
  /** Null: nobody followed it. */
  readonly starts: Starts | null;
  /** Null: it held no secret. */
  readonly redactor: Redactor | null;
  /** As they were opened, though the host may have others now. */
  readonly connections: RunTree['connections'];
  readonly source: RunTree['source'];
  /** What was done to tables is not done again. */
  readonly tables: TableTally | null;
}

export class PendingWaits {
  readonly #run: Run;
  readonly #frames = new Map<string, Frame>();
  /** Those that the earlier life had come to, and this one has not. */
  readonly #missing: Set<string>;
  readonly #arrived: Promise<void>;
  #arrive: () => void = () => {};

  /** `arrived`: called once when the run does what it did in its earlier life, and nothing else. */
  constructor(run: Run, earlier: EarlierLife | null, arrived: () => void) {
    this.#run = run;
    this.#missing = new Set(earlier?.waits);
    this.#arrived = new Promise((resolve) => {
      this.#arrive = () => {
        arrived();
        resolve();
      };
    });
  }

  /** Waits as `ask` does. What the earlier life waited for is not over before this one waits for all of it. */
  async wait<T>(id: string, step: Step, frame: Frame, ask: () => Promise<T>): Promise<T> {
    this.#frames.set(id, frame);
    try {
      if (this.#missing.delete(id)) {
        if (this.#missing.size === 0) void this.#settle();
        await this.#run.waiting.guard(this.#arrived, step, frame);
      }
      return await ask();
    } finally {
      this.#frames.delete(id);
    }
  }

  /** True: every line of the run has come to a wait. */
  get isAll(): boolean {
    const run = this.#run;
    if (run.halted !== null || this.#frames.size === 0 || this.#missing.size > 0 || run.rest() !== null) return false;
    const waiting = this.#waiting();
    const { parked, holdings } = run;
    for (const execution of holdings.waiting) if (!waiting.has(execution)) return false;
    return parked === null || waiting.has(parked);
  }

  /** What the next life of the run is to know. */
  leave(): EarlierLife {
    const run = this.#run;
    const { connections, source, tables } = run.tree;
    return {
      waits: [...this.#frames.keys()],
      startedElapsed: run.startedElapsed,
      starts: run.watched ? run.watch.numbers.starts(this.#waiting()) : null,
      redactor: run.holdsSecrets ? run.redactor : null,
      connections,
      source,
      tables,
    };
  }

  /** The executions that wait, and those that wait for them. */
  #waiting(): Set<Execution> {
    const waiting = new Set<Execution>();
    for (const frame of this.#frames.values()) {
      for (let at: Frame | null = frame; at !== null && !waiting.has(at); at = at.caller) waiting.add(at);
    }
    return waiting;
  }

  /** What else went on beside the waits may still be on its way to where it had ended. */
  async #settle(): Promise<void> {
    const { world } = this.#run;
    do await world.clock.yield();
    while (this.#run.halted === null && !this.isAll);
    this.#arrive();
  }
}
