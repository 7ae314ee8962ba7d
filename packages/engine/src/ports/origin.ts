/** On whose behalf a port is asked: what tenancy, quotas and tracing go by. */
import type { DataObject } from '../values/index.js';

/** A run, as a port hears of it. */
export interface RunOrigin {
  /** The run, whole: the id that its result has. */
  readonly runId: string;
  /** Id of the flow that was started. */
  readonly flow: string;
  /** What the host said about the run: `RunOptions.metadata`, frozen. Empty without any. */
  readonly metadata: DataObject;
}

/** A card that asks, and the run that it belongs to. */
export interface CardOrigin extends RunOrigin {
  /** Path of calls that led to the flow of the card, such as `run/each.3/send`: that of its events. */
  readonly executionId: string;
  /** Id of the flow that the card stands in. */
  readonly cardFlow: string;
  /** Id of the card in that flow. */
  readonly card: string;
  /** Such as `http.get`. */
  readonly cardType: string;
  /** Id of the step, the same on every replay; also the `Idempotency-Key` of the card. */
  readonly key: string;
  /** From 1; 1 more for each retry. */
  readonly attempt: number;
}
