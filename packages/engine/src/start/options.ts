/** What a host says about one run. */
import type { Limits } from '../run/limits.js';

export interface RunOptions {
  /** Id or name of the flow. Default: the only flow of the deck, or the only one that is not a helper. */
  readonly flow?: string;
  /** By field name. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Name of the connection that the flow itself runs with: for the flows of a connector. */
  readonly connection?: string;
  /** Cancels the run. */
  readonly signal?: AbortSignal;
  readonly limits?: Partial<Limits>;
  /** Default: a new one from the engine's ids. */
  readonly runId?: string;
  /** To resume a run: when it was first started, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly startedAt?: number;
}
