/** What a host holds while a run is under way. */
import type { RunResult } from '../run/result.js';
import type { Run } from '../run/run.js';
import type { Value } from '../values/index.js';

/** A run under way. */
export interface RunHandle {
  /** Id of the run, whole: its result and its events have it. */
  readonly runId: string;
  /** Never rejects for what happens in the flow: look at `status`. */
  readonly result: Promise<RunResult>;
  /** Ends the run with `cancelled`; `result` then resolves. `reason` becomes its message. Nothing once it has ended. */
  cancel(reason?: string): void;
  /** Delivers a signal to a run that waits for it (Pause); kept if nobody waits yet. */
  signal(name: string, value: Value): void | Promise<void>;
}

export class Handle implements RunHandle {
  readonly result: Promise<RunResult>;
  readonly #run: Run;

  constructor(run: Run, result: Promise<RunResult>) {
    this.#run = run;
    this.result = result;
  }

  get runId(): string {
    return this.#run.id;
  }

  cancel(reason?: string): void {
    this.#run.cancel(reason);
  }

  signal(name: string, value: Value): void | Promise<void> {
    return this.#run.signal(name, value);
  }
}
