/** The one error hierarchy of Flowdeck. Every error has a code, a place and, where there is one, a remedy. */

/** Where something went wrong. All members are optional; what is known is given. */
export interface Place {
  file?: string;
  flow?: string;
  card?: string;
  /** Name of the field (`group/key` for a grouped one). */
  field?: string;
  /** JSON Pointer (RFC 6901) into the document. */
  pointer?: string;
  /** Id of the run, whole. */
  run?: string;
  /** The activation of the flow: the path of calls that led there. */
  execution?: string;
}

export type Severity = 'error' | 'warning' | 'info';

/** What is found in a document or a plan. `code` is stable and documented in `docs/errors.md`. */
export interface Diagnostic {
  severity: Severity;
  code: string;
  message: string;
  /** JSON Pointer (RFC 6901) into the document. For text that is no JSON: to the innermost list or object around the place. */
  pointer: string;
  /** Name of the file, where the reader of the document was given one. */
  file?: string;
  /** From 1; known where the document was read from text. */
  line?: number;
  /** From 1, in UTF-16 units, as editors count. */
  column?: number;
  hint?: string;
  flow?: string;
  card?: string;
}

export interface ErrorDetails {
  at?: Place;
  hint?: string;
  cause?: unknown;
}

/** Base of all errors that Flowdeck throws. */
export class FlowdeckError extends Error {
  readonly code: string;
  readonly at: Place;
  readonly hint?: string;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.at = details.at ?? {};
    if (details.hint !== undefined) this.hint = details.hint;
  }

  toJSON(): Record<string, unknown> {
    return {
      name: this.name,
      code: this.code,
      message: this.message,
      at: this.at,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
    };
  }
}

/** A document that cannot be used. `diagnostics` holds every fault found, not just the first. */
export class DocumentError extends FlowdeckError {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[], details: ErrorDetails = {}) {
    const first = diagnostics.find((diagnostic) => diagnostic.severity === 'error') ?? diagnostics[0];
    super(first?.code ?? 'document-faulty', summary(diagnostics), {
      ...details,
      at: { ...details.at, ...(first ? { pointer: first.pointer } : {}) },
      ...(first?.hint === undefined ? {} : { hint: first.hint }),
    });
    this.diagnostics = diagnostics;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), diagnostics: this.diagnostics };
  }
}

/** A well-formed document that cannot be compiled against the registry. */
export class PlanError extends DocumentError {}

/** What a failing run reports. `statusCode` and `extra` are what a `catch` block sees beside message and code. */
export class RunError extends FlowdeckError {
  readonly statusCode: number | null;
  /** Further properties of the error object: `body` and `headers` of an HTTP answer, keys of a Return Error. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    details: ErrorDetails & { statusCode?: number | null; extra?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(code, message, details);
    this.statusCode = details.statusCode ?? null;
    this.extra = details.extra ?? {};
  }
}

/** A value that cannot become the type that a field asks for. Code `conversion`. */
export class ConversionError extends RunError {
  constructor(message: string, details: ErrorDetails = {}) {
    super('conversion', message, details);
  }
}

/** A card or a run took longer than allowed. Code `timeout`. */
export class TimeoutError extends RunError {
  constructor(message: string, details: ErrorDetails = {}) {
    super('timeout', message, details);
  }
}

/** A limit of DESIGN section 5 was exceeded. Code `limit`; the message names the limit. */
export class LimitError extends RunError {
  readonly limit: string;

  constructor(limit: string, message: string, details: ErrorDetails = {}) {
    super('limit', message, details);
    this.limit = limit;
  }
}

/** The run was cancelled through its `AbortSignal` or handle. Code `cancelled`. */
export class CancelledError extends RunError {
  constructor(message = 'The run was cancelled.', details: ErrorDetails = {}) {
    super('cancelled', message, details);
  }
}

/** An HTTP exchange that failed, or answered outside 2xx. Codes `http-status`, `http-network`, `http-blocked`, ... */
export class HttpError extends RunError {}

/** A connection that is missing, malformed, or of another connector. */
export class ConnectionError extends FlowdeckError {}

function summary(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  const first = errors[0] ?? diagnostics[0];
  if (!first) return 'The document is faulty.';
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `${first.message} At ${first.pointer === '' ? 'the root' : first.pointer}.${more}`;
}
