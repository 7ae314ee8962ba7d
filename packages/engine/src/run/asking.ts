/** Asks a runtime on behalf of a run. What it rejects with gives up this life of the run, and is no error of the flow. */
import { RunError } from '../errors.js';
import type { Step } from '../plan/index.js';
import type { CallOutcome, RunRuntime } from '../ports/index.js';
import type { JsonData } from '../values/index.js';
import { type RunWithAnnex, takeBack, wholeOutcome } from './annexed.js';
import type { Frame } from './frame.js';
import type { Run } from './run.js';

/** Whether the flow itself has failed, whatever the runtime made of that. */
export interface Fault {
  readonly fault: { readonly error: unknown } | null;
}

const NO_FAULT: Fault = Object.freeze({ fault: null });

export class Asking {
  readonly run: Run;
  readonly runtime: RunRuntime;

  readonly annexing: RunWithAnnex;

  constructor(run: Run, runtime: RunRuntime) {
    this.run = run;
    this.runtime = runtime;
    this.annexing = { runId: run.id, limits: run.limits, annex: runtime.annex };
  }

  /** Calls the runtime, unless the run has ended. A runtime that throws has rejected. */
  begin<T>(ask: (runtime: RunRuntime) => T): T | Promise<never> {
    if (this.run.halted !== null) throw this.run.halted;
    try {
      return ask(this.runtime);
    } catch (reason) {
      return Promise.reject(reason);
    }
  }

  /** Waits for what the runtime was asked for, or for the end of the run. */
  answer<T>(asked: PromiseLike<T>, step: Step | null, frame: Frame | null, flow: Fault = NO_FAULT): Promise<T> {
    const { run } = this;
    const answer = asked.then(undefined, (reason: unknown): never => {
      if (flow.fault !== null) throw flow.fault.error;
      throw run.giveUp(reason);
    });
    // The guard hands on what it was given.
    return run.waiting.guard(answer, step, frame) as Promise<T>;
  }

  /** Both. */
  async ask<T>(
    ask: (runtime: RunRuntime) => Promise<T>,
    step: Step | null,
    frame: Frame | null,
    flow?: Fault,
  ): Promise<T> {
    return this.answer(this.begin(ask), step, frame, flow);
  }

  /** What lies in the annex. That it is not there is no error of the flow. */
  recall(id: string, step: Step, frame: Frame): Promise<JsonData> {
    return this.answer(takeBack(id, this.annexing), step, frame);
  }

  /** The outcome of a call with what of it lies in the annex. */
  whole(outcome: CallOutcome, step: Step | null, frame: Frame | null): Promise<CallOutcome> {
    return this.answer(wholeOutcome(outcome, this.annexing), step, frame);
  }

  /** A flow that is said to be pure is neither recorded nor sent: what it asked for would be found nowhere. */
  refusePure(frame: Frame): void {
    if (!frame.plan.pure) return;
    throw new RunError(
      'impure-flow',
      `A card of flow "${frame.plan.id}" acts, and its trait "passive" says that it does not.`,
      { hint: 'Take the trait "passive" from the card.' },
    );
  }
}
