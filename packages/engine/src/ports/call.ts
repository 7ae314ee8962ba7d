/** A call of a flow as data: what crosses to another worker, and what comes back. */
import type { DataObject, JsonData } from '../values/index.js';

/** The run that a call belongs to. */
export interface CalledRun {
  /** Id of the run, whole. */
  readonly id: string;
  /** Id of the flow that was started. */
  readonly flow: string;
  /** When the run was started, in milliseconds since 1970-01-01T00:00:00Z: what its expressions take for now. */
  readonly startedAt: number;
  /** What the host said about the run. */
  readonly metadata: DataObject;
}

/**
 * A call of a flow, as JSON. It is the same, byte for byte, on every replay: nothing in it comes from the clock, from
 * chance, from the settings of a worker or from who listens.
 */
export interface CallRequest {
  /** Version of this form. */
  readonly v: 1;
  /** The called activation: the path of calls that leads there, such as `run/each.3`. Unique in the run. */
  readonly executionId: string;
  /** The run that the call belongs to. */
  readonly run: CalledRun;
  /** Revision of the deck that holds the flow. */
  readonly revision: string;
  /** Key of the connector that holds the flow: calls of action cards lead there. Null: a deck of the host. */
  readonly connector: string | null;
  /** Id of the flow. */
  readonly flow: string;
  /** Inputs and options of the flow by name, encoded by `encodeValue`; what the flow would take by itself is left out. */
  readonly values: DataObject;
  /** Names of the values that hold secrets. */
  readonly secret: readonly string[];
  /** Name of the connection that the flow runs with; never its credentials. Null: none. */
  readonly connection: string | null;
  /** What the flow reads as its `context`. */
  readonly context: {
    /** Position in a loop, or null. */
    readonly index: number | null;
    /** The calling flow, card and execution. */
    readonly caller: JsonData;
    /** The error that the flow is to handle, or null. */
    readonly error: JsonData;
  };
  /** `call`: a card waits for it. `async`: none does. */
  readonly kind: 'call' | 'async';
  /** Flows that called each other to get there. */
  readonly depth: number;
  /** Limits of the run by name; of `steps` what is left. A limit that is not named is infinite. */
  readonly limits: { readonly [name: string]: number };
  /** What the calling cards say of repeating effects after a crash. Null: nothing. */
  readonly atMostOnce: boolean | null;
  /** The moment at which the run's time is up, in milliseconds since 1970-01-01T00:00:00Z. Null: never. */
  readonly until: number | null;
  /** False: nobody reads what the flow gives, and nothing is sent back. */
  readonly outputs: boolean;
  /** Where in the annex of the run `values` and `context` lie, which are empty then. Null: they stand here. */
  readonly annexed: string | null;
}

/** A flow that a call has started and that nobody waits for: the run that was started joins it. */
export interface SpawnedCall {
  /** What `RunRuntime.spawn` gave. */
  readonly token: string;
  /** The activation that was started. */
  readonly executionId: string;
  /** Id of the flow. */
  readonly flow: string;
  /** The way of calls to the card that started it, for the report of an error. */
  readonly path: JsonData;
}

/** How a called flow ended, as JSON. An error of the flow is an outcome, and no rejection. */
export interface CallOutcome {
  /** As in `FlowResult`; `error`: it failed; `halt`: the run was cancelled or exceeded a limit of the whole run. */
  readonly kind: 'return' | 'end' | 'stop' | 'error' | 'halt';
  /** By name, encoded by `encodeValue`. Null: none, or nobody reads them. */
  readonly outputs: JsonData;
  /** The answer that the flow left with (Return Raw), or null. */
  readonly answer: JsonData;
  /** Why it failed, or null. */
  readonly error: JsonData;
  /** Executed cards. */
  readonly steps: number;
  /** What a card inside it answered whoever started the run (Close), or null. */
  readonly respond: JsonData;
  /** Flows that it started and that nobody waits for. */
  readonly spawned: readonly SpawnedCall[];
  /** Items that it went on without, and rows of tables that it changed; null: neither. */
  readonly told: JsonData;
  /** Where in the annex of the run `outputs`, `answer`, `respond` and `told` lie, which are null then. Null: they stand here. */
  readonly annexed: string | null;
}

/** A call that a runtime may carry out here or elsewhere. */
export interface RuntimeCall {
  /** Its `executionId`: a good id for the child in the runtime. */
  readonly id: string;
  /** The call as data, for `Engine.execute` of whichever worker. The runtime asks for it once. */
  request(): CallRequest | Promise<CallRequest>;
  /** Carries it out in this process and this journal. Rejects when this life of the run is over. */
  local(): Promise<CallOutcome>;
}
