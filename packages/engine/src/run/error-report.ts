/** An error as a run reports it. */
import type { Place } from '../diagnostic.js';
import { FlowdeckError, RunError } from '../errors.js';
import type { ServiceError } from '../observe/index.js';
import { Failure } from './failure.js';
import type { WayPoint } from './way.js';

/** An error as a result gives it: plain data, secrets redacted. */
export interface ErrorReport {
  /** Stable and documented in `docs/errors.md`; `card-failed` for an error that no code belongs to. */
  readonly code: string;
  /** What happened, in a sentence. */
  readonly message: string;
  /** HTTP status, of an answer or as a Return Error gives it. Null: none. */
  readonly statusCode: number | null;
  /** Where: file, flow, card, field and pointer as far as they are known. */
  readonly at: Place;
  /** What to do about it, where that is known. */
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

/** An error of which only the report has come here. */
export class ToldError {
  readonly report: ErrorReport;

  constructor(report: ErrorReport) {
    this.report = report;
  }
}

export function reportError(error: unknown): ErrorReport {
  if (error instanceof ToldError) return error.report;
  if (error instanceof Failure) {
    const { hint, service } = error;
    return {
      code: error.code,
      message: error.message,
      statusCode: error.statusCode,
      at: error.at,
      ...(hint === undefined ? {} : { hint }),
      ...(Object.keys(error.extra).length === 0 ? {} : { extra: error.extra }),
      path: error.path,
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
