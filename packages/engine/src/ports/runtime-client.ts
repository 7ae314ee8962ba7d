/** A runtime seen from outside: by whoever starts runs there, follows them and steps in. */
import type { DataObject, JsonData } from '../values/index.js';
import type { RunEnd } from './runtime.js';

/** What starts a run in a runtime. All of it is JSON. */
export interface RunStart {
  /** Id of the run; without `/`. Given twice, it is the same run. */
  readonly runId: string;
  /** Revision of the deck: a worker that holds it takes the run. */
  readonly revision: string;
  /** Id or name of the flow. Absent: the only one. */
  readonly flow?: string;
  /** By field name. */
  readonly inputs?: DataObject;
  /** Values of the flow's options, by name. */
  readonly options?: DataObject;
  /** Name of the connection that the flow itself runs with. */
  readonly connection?: string;
  /** See `RunOptions.metadata`. */
  readonly metadata?: DataObject;
  /** Limits by name, in place of the worker's; fixed for all lives of the run. */
  readonly limits?: { readonly [name: string]: number };
}

/** A run that lives in a runtime, as far as that tells. */
export interface RunSummary {
  /** Id of the run. */
  readonly runId: string;
  /** Id or name of the flow, as it was started. Null: not known, or the only one of its deck. */
  readonly flow: string | null;
  /** Revision of the deck. Null: not known any more. */
  readonly revision: string | null;
  /** In milliseconds since 1970-01-01T00:00:00Z. Null: not known any more. */
  readonly startedAt: number | null;
  /** `waiting`: no worker has taken it, or none that could go on with it. `running`: also while it sleeps. Else how it ended. */
  readonly status: 'waiting' | 'running' | 'success' | 'stopped' | 'error' | 'cancelled';
}

/**
 * A runtime seen from outside. Every verb may reject with what the runtime says of itself, such as that it cannot be
 * reached.
 *
 * @example
 * await client.start({ runId: 'order-17', revision: deck.revision, inputs: { order: 17 } });
 * const { status, outputs } = await client.end('order-17');
 */
export interface RuntimeClient {
  /** Starts a run, and resolves when it is sure to run. A run of that id which is there already is left as it is. */
  start(run: RunStart): Promise<void>;
  /**
   * Resolves when the run has ended.
   *
   * @throws FlowdeckError `run-unknown` when there is none of that id.
   */
  end(runId: string): Promise<RunEnd>;
  /** The newest first. `limit`: at most so many. */
  list(limit: number): Promise<readonly RunSummary[]>;
  /** One run; null when there is none of that id. */
  show(runId: string): Promise<RunSummary | null>;
  /** Ends a run and all that it called, wherever that is. Nothing once it has ended. */
  cancel(runId: string): Promise<void>;
  /**
   * Hands a value, encoded by `encodeValue`, to the execution that waits or will wait for that name: the run itself, or
   * one of its calls, such as `run/each.3`. A runtime that calls flows in place takes the signal for the whole run.
   *
   * @throws FlowdeckError `run-unknown`; `run-ended` when the run has ended.
   */
  signal(executionId: string, name: string, value: JsonData): Promise<void>;
  /** Lets go of connections. */
  close(): Promise<void>;
}
