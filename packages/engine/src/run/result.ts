/** What a finished run reports to its host. */
import type { Answer } from '../cards/index.js';
import type { Place } from '../diagnostic.js';
import { FlowdeckError, RunError } from '../errors.js';
import type { RunStatus, ServiceError } from '../observe/index.js';
import type { Value, ValueObject } from '../values/index.js';
import { Failure } from './failure.js';
import type { IgnoredReport } from './ignored.js';
import { serviceError } from './service-error.js';
import type { TableReport } from './table-changes.js';
import { type WayPoint, wayTo } from './way.js';

/** An error as a result gives it: plain data, secrets redacted. */
export interface ErrorReport {
  readonly code: string;
  readonly message: string;
  readonly statusCode: number | null;
  readonly at: Place;
  readonly hint?: string;
  /** `body` and `headers` of an HTTP answer, extra keys of a Return Error. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** The way of calls from the flow that was started down to the card that failed, which is the last; empty outside cards. */
  readonly path: readonly WayPoint[];
  /** The service's own words, where a connector's manifest tells how to read them. */
  readonly service?: ServiceError;
  /** For `--trace` and debuggers; never part of JSON output. */
  readonly cause?: unknown;
}

export interface ChildReport {
  readonly executionId: string;
  readonly flow: string;
  readonly status: RunStatus;
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
  readonly error: null;
}

/** A run that gave nothing. */
export interface RunFailure extends RunFacts {
  readonly status: Exclude<RunStatus, RunSuccess['status']>;
  readonly outputs: null;
  readonly value: null;
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

export function reportError(error: unknown): ErrorReport {
  if (error instanceof Failure) {
    const { hint } = error;
    const service = serviceError(error.execution.plan.deck, error.extra);
    return {
      code: error.code,
      message: error.message,
      statusCode: error.statusCode,
      at: error.at,
      ...(hint === undefined ? {} : { hint }),
      ...(Object.keys(error.extra).length === 0 ? {} : { extra: error.extra }),
      path: wayTo(error.step, error.execution),
      ...(service === null ? {} : { service }),
      cause: error.error,
    };
  }
  if (error instanceof FlowdeckError) {
    return {
      code: error.code,
      message: error.message,
      statusCode: error instanceof RunError ? error.statusCode : null,
      at: error.at,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      path: [],
      cause: error,
    };
  }
  return {
    code: 'card-failed',
    message: error instanceof Error ? error.message : String(error),
    statusCode: null,
    at: {},
    path: [],
    cause: error,
  };
}
