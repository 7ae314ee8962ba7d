import type { DataObject, Value, ValueObject } from '../values/index.js';

/** What a runtime gives an effect for one attempt. */
export interface EffectContext {
  /** The step's id: stable over replays, free of values. Send it as `Idempotency-Key`. */
  readonly key: string;
  /** Aborts when the run is cancelled or the attempt's time is up. */
  readonly signal: AbortSignal;
}

/** How a runtime performs an effect. */
export interface StepPolicy {
  /** Milliseconds for one attempt; absent: no limit. */
  readonly timeoutMs?: number;
  /** Refuse to repeat an attempt whose outcome is unknown after a crash. */
  readonly atMostOnce?: boolean;
}

/**
 * What a run asks of the world that outlives it: five verbs.
 *
 * An id names one place in the run and is the same on every replay: `runId/card`, `runId/each.3/card` for the fourth
 * item, `runId/card#2` for the second attempt. Within one run, calls come one after the other; everything
 * parallel goes through `forEach` or `child`.
 *
 * Values that cross this seam survive JSON: `Date` and `FileRef` are encoded by the runtime that stores them.
 */
export interface RunRuntime {
  /** Performs an effect, or returns what it gave before. Rejects with the effect's error, also on replay. */
  step(
    id: string,
    effect: (context: EffectContext) => Value | Promise<Value>,
    policy: StepPolicy,
  ): Value | Promise<Value>;
  /** Waits. On replay: for what is left of the wait. */
  sleep(id: string, ms: number): Promise<void>;
  /** Runs `call`, which is another run of this engine or one of its flows. */
  child<T>(id: string, call: () => T | Promise<T>): T | Promise<T>;
  /**
   * Runs `call(0)` to `call(count - 1)`, at most `concurrency` at a time, started in order; results in order.
   * After the first error it starts no more, waits for those under way and rejects with the first error by time.
   */
  forEach<T>(
    id: string,
    count: number,
    call: (index: number) => T | Promise<T>,
    options: { readonly concurrency: number },
  ): readonly T[] | Promise<readonly T[]>;
  /** Waits for `name` to be signalled from outside. Rejects with `TimeoutError` after `timeoutMs`. */
  signal(id: string, name: string, timeoutMs?: number): Promise<Value>;
}

/** Facts that a durable runtime keeps of a run, so that it can be resumed. */
export interface RunRecord {
  /** The run, whole. */
  readonly runId: string;
  /** Id of the flow that was started. */
  readonly flow: string;
  /** Revision: hash of the canonical deck. A resumed run must find the same one. */
  readonly revision: string;
  /** Values by the names of the flow's inputs; `options` likewise. */
  readonly inputs: ValueObject;
  /** Values by the names of the flow's options. */
  readonly options: ValueObject;
  /** What the host said about the run; give it again when the run is resumed. Absent: nothing. */
  readonly metadata?: DataObject;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly startedAt: number;
}

/** A runtime: where runs live. The default is in memory and adds nothing. */
export interface Runtime {
  /** True: effects and waits need no record, and the engine may call them directly. */
  readonly transient: boolean;
  /** Opens a run, new or known. `signal` aborts when the run is cancelled. Null signal: it cannot be cancelled. */
  open(record: RunRecord, world: { readonly signal: AbortSignal }): RunRuntime | Promise<RunRuntime>;
  /** Called once when the run has ended. */
  close(
    runId: string,
    outcome: { readonly status: string; readonly outputs: Value; readonly error: unknown },
  ): void | Promise<void>;
  /** Delivers a signal to a run; kept if nobody waits yet. */
  signal(runId: string, name: string, value: Value): void | Promise<void>;
}
