/** What a finished run reports to its host. */
import type { Answer } from '../cards/index.js';
import type { RunStatus } from '../observe/index.js';
import type { Value, ValueObject } from '../values/index.js';
import type { ErrorReport } from './error-report.js';
import type { IgnoredReport } from './ignored.js';
import type { TableReport } from './table-changes.js';

/** A flow that Call Flow Async started, as the result of the run tells of it. */
export interface ChildReport {
  /** Its execution: the id that the card gave, and that its events have. */
  readonly executionId: string;
  /** Id of the flow. */
  readonly flow: string;
  /** How it ended. */
  readonly status: RunStatus;
  /** Why it failed. Null: it did not. */
  readonly error: ErrorReport | null;
}

/** What a result tells however the run ended. */
interface RunFacts {
  readonly runId: string;
  /** Executed cards, those of called flows included. */
  readonly steps: number;
  readonly durationMs: number;
  /** What Close or Return Raw answered, for a host that serves the flow over HTTP. */
  readonly answer: Answer | null;
  /** Flows started with Call Flow Async, in the order in which they ended: 500, and as many again that failed. */
  readonly children: readonly ChildReport[];
  /** The first 100 items whose failure a card swallowed (For Each - Ignore Errors). */
  readonly ignored: readonly IgnoredReport[];
  /** What was done to the rows of tables, one entry for each table that was changed. A resumed run tells of its last life. */
  readonly tables: readonly TableReport[];
  /** How many there are beyond those lists. */
  readonly omitted: { readonly children: number; readonly ignored: number };
}

/** A run that ended well. */
export interface RunSuccess extends RunFacts {
  /** `stopped`: early, by Continue If. */
  readonly status: Extract<RunStatus, 'success' | 'stopped'>;
  /** By field name, grouped fields nested. */
  readonly outputs: ValueObject;
  /** The outputs as one value: the field itself when there is exactly one. */
  readonly value: Value;
  /** There is none. */
  readonly error: null;
}

/** A run that gave nothing. */
export interface RunFailure extends RunFacts {
  /** `error`, or `cancelled` through the signal or the handle. */
  readonly status: Exclude<RunStatus, RunSuccess['status']>;
  /** There are none. */
  readonly outputs: null;
  /** There is none. */
  readonly value: null;
  /** Why it gave nothing. */
  readonly error: ErrorReport;
}

/**
 * How a run ended: `status` tells whether there are outputs or an error.
 *
 * @example
 * const result = await engine.run(deck, { inputs: { id: 17 } });
 * if (result.status === 'error') console.error(result.error.code, result.error.message);
 */
export type RunResult = RunSuccess | RunFailure;
