/** Where a call from elsewhere enters a run: what its first execution knows of whoever called. */
import type { ExecutionKind } from '../observe/index.js';
import type { ValueObject } from '../values/index.js';

export interface Entrance {
  /** The activation that was called: `run/each.3`. */
  readonly executionId: string;
  readonly kind: Exclude<ExecutionKind, 'root'>;
  /** Id of the calling execution. */
  readonly parent: string | null;
  /** What the flow reads as `context.caller`. */
  readonly caller: ValueObject | null;
  readonly error: ValueObject | null;
  readonly index: number | null;
  readonly depth: number;
  /** What the calling cards say of repeating effects after a crash. */
  readonly atMostOnce: boolean | null;
  /** The moment at which the time of the whole run is up, in milliseconds since 1970. */
  readonly until: number;
  /** Milliseconds until then, when the call arrived. */
  readonly wallTimeMs: number;
}
