/** What a host holds while a run is under way. */
import { FlowdeckError } from '../errors.js';
import type { RunRuntime } from '../ports/index.js';
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
  /**
   * Delivers a signal to a run that waits for it (Pause); kept if nobody waits yet.
   *
   * @throws FlowdeckError `signal-elsewhere` for a run that was given a runtime of its own.
   */
  signal(name: string, value: Value): void | Promise<void>;
}

export class Handle implements RunHandle {
  readonly result: Promise<RunResult>;
  readonly #run: Run;
  /** The runtime that the host gave for this run; null: it is in memory. */
  readonly #own: RunRuntime | null | undefined;

  constructor(run: Run, result: Promise<RunResult>, own: RunRuntime | null | undefined) {
    this.#own = own;
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
    if (this.#own === null) return this.#run.waiting.deliver(name, value);
    if (this.#own !== undefined) throw signalElsewhere(name);
    return this.#run.signal(name, value);
  }
}

function signalElsewhere(name: string): FlowdeckError {
  return new FlowdeckError('signal-elsewhere', `The run has a runtime of its own: "${name}" has to be sent there.`, {
    hint: 'Send the signal by the engine that the run lives in.',
  });
}
