/** Where runs live, and what a run asks of the place. */
import type { DataObject, JsonData, ValueObject } from '../values/index.js';
import type { RunAnnex } from './annex.js';
import type { CallOutcome, RuntimeCall } from './call.js';

/**
 * What a run asks of what outlives it. All that crosses is JSON, and every verb may reject: that gives up this life of
 * the run. It is never an error of the flow, so no If Error sees it and nothing is retried; `run` or `execute` reject with
 * the same reason, and the runtime lives the run again when it can.
 *
 * An id names one place in the run and is the same on every replay: `run/card`, `run/each.3/card` for the fourth item,
 * `run/card#2` for the second attempt.
 *
 * Without the optional verbs the engine does what they do, in this process and this journal.
 */
export interface RunRuntime {
  /**
   * True: what is remembered is found by its id, so that several lines of steps may go on side by side. False: by its
   * position; the engine then keeps to one line, one item after the other.
   */
  readonly keyed: boolean;
  /**
   * Performs an effect and remembers what it gave, or gives what it gave before. `effect` rejects only when this life is
   * over meanwhile: then there is nothing to remember.
   */
  step(id: string, effect: () => Promise<JsonData>): JsonData | Promise<JsonData>;
  /** Waits. On a replay: for what is left of the wait. */
  sleep(id: string, ms: number): Promise<void>;
  /** Waits for `name` to be signalled from outside. Undefined: it was not, within `timeoutMs`. */
  signal(id: string, name: string, timeoutMs?: number): Promise<JsonData | undefined>;
  /** Takes what is longer than the limit `recordBytes`; the runtime remembers where it lies. Absent: it is refused. */
  readonly annex?: Pick<RunAnnex, 'put' | 'read'>;
  /** Has a flow called, and waits for it. */
  child?(call: RuntimeCall): Promise<CallOutcome>;
  /**
   * Carries out `call(0)` to `call(count - 1)`, started in order, at most `concurrency` at a time, and hands each outcome
   * to `settle`. When `settle` throws, it starts no more, waits for those under way and rejects with that.
   */
  forEach?(
    id: string,
    count: number,
    call: (index: number) => RuntimeCall,
    settle: (index: number, outcome: CallOutcome) => void,
    options: { readonly concurrency: number },
  ): Promise<void>;
  /** Has a flow started that nobody waits for, and gives a token for `join` as soon as it is sure to run. */
  spawn?(call: RuntimeCall): Promise<string>;
  /** Waits for the end of a flow that was spawned, by this call or another of the run. Given with `spawn`. */
  join?(token: string): Promise<CallOutcome>;
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
  /** Name of the connection that the flow itself runs with. Absent: none. */
  readonly connection?: string;
  /** Limits that the host set for this run, by name; give them again likewise. Absent: none. */
  readonly limits?: { readonly [name: string]: number };
  /** Version of the interpreter that the run began with, as its runtime tells. Absent in what the engine hands over. */
  readonly interpreter?: string;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly startedAt: number;
}

/** How a run ended, as its runtime is told. */
export interface RunEnd {
  /** The `status` of its result. */
  readonly status: string;
  /** By field name, encoded by `encodeValue`. Null: there are none, or JSON has no form for them. */
  readonly outputs: JsonData;
  /** Why it failed or was cancelled: an `ErrorReport`, secrets redacted. Null: neither. */
  readonly error: JsonData;
}

/** One life of a run, as its runtime sees it. */
export interface RunLife {
  /** Aborts when the run is cancelled, has ended or was given up. */
  readonly signal: AbortSignal;
  /**
   * Gives this life up while the run does nothing but wait: until it is woken, nothing is held of it but what it was started
   * with. Its next life is opened by `reopen`, and comes to the same waits before anything goes on; whoever follows the run
   * hears of no replay. Null: the run does something else, and lives on. Absent: it has to live on.
   */
  suspend?(reopen: (life: RunLife) => Promise<RunRuntime>): SuspendedRun | null;
}

/** A run between two lives. */
export interface SuspendedRun {
  /** Has it live again. */
  wake(): void;
  /** Leaves it to another process: what waits for its result is rejected with `reason`. */
  abandon(reason: unknown): void;
}

/** A runtime: where the runs of an engine live. The default is in memory and adds nothing. */
export interface Runtime {
  /** True: effects and waits need no record, and the engine may call them directly. */
  readonly transient: boolean;
  /** Opens a run, new or known. */
  open(record: RunRecord, life: RunLife): RunRuntime | Promise<RunRuntime>;
  /** Called once when a run that was opened has ended; not for a life that was given up. */
  close(runId: string, end: RunEnd): void | Promise<void>;
  /** Delivers a signal to a run, its value encoded by `encodeValue`; kept if nobody waits yet. */
  signal(runId: string, name: string, value: JsonData): void | Promise<void>;
}
