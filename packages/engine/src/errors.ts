/** The one error hierarchy of Flowdeck. Every error has a code, a place and, where there is one, a remedy. */
import type { EngineCode } from './codes.js';

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

/**
 * What is found in a document or a plan. `code` is stable and documented in `docs/errors.md`; whoever makes diagnostics
 * names the codes that there are: `Diagnostic<MyCode>`.
 */
export interface Diagnostic<Code extends string = string> {
  severity: Severity;
  code: Code;
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

/**
 * The codes that an error may be made with: those that its maker names, `new RunError<'acme-sold-out'>(...)`, else the
 * engine's own. So a typo does not compile, in a pack neither.
 */
export type CodeOf<Code extends string> = string extends Code ? EngineCode : Code;

type ErrorClass = (abstract new (...args: never) => unknown) & { readonly prototype: object };

/** Where the prototype of each class of errors keeps its name. The symbol is the same in every copy of the engine. */
const BRAND = Symbol.for('flowdeck.error');

function brand({ prototype }: { readonly prototype: FlowdeckError }, name: string): void {
  Object.defineProperty(prototype, BRAND, { value: name });
}

function brandOf(prototype: object): unknown {
  return Object.getOwnPropertyDescriptor(prototype, BRAND)?.value;
}

/** Whether `value` is of a class of errors, of this copy of the engine or another. */
function isMade(by: ErrorClass, value: unknown): boolean {
  const { prototype } = by;
  const name = brandOf(prototype);
  // A subclass that somebody else declared has no brand: JavaScript's own rule.
  if (name === undefined) return Function.prototype[Symbol.hasInstance].call(by, value);
  if (typeof value !== 'object') return false;
  for (let of: object | null = value; of !== null; of = Object.getPrototypeOf(of)) {
    if (of === prototype || brandOf(of) === name) return true;
  }
  return false;
}

/**
 * Base of all errors that Flowdeck throws. `instanceof` also knows the errors of another copy of the engine: a pack may
 * bring its own, and a tool may bundle one.
 *
 * @example
 * type AcmeCode = 'acme-sold-out' | 'acme-closed';
 * throw new RunError<AcmeCode>('acme-sold-out', 'The article is sold out.', { hint: 'Order another one.' });
 */
export class FlowdeckError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly at: Place;
  readonly hint?: string;

  static {
    brand(FlowdeckError, 'FlowdeckError');
  }

  static override [Symbol.hasInstance]<Class extends ErrorClass>(
    this: Class,
    value: unknown,
  ): value is InstanceType<Class> {
    // biome-ignore lint/complexity/noThisInStatic: subclasses inherit this method, and each is asked for itself
    return isMade(this, value);
  }

  constructor(code: NoInfer<CodeOf<Code>>, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    // Without codes of its own, `Code` is any text.
    this.code = code as string as Code;
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
  static {
    brand(DocumentError, 'DocumentError');
  }

  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[], details: ErrorDetails = {}) {
    const first = diagnostics.find((diagnostic) => diagnostic.severity === 'error') ?? diagnostics[0];
    // Whoever found the faults has chosen from its own table: the engine's, an import's, a linter's.
    super((first?.code ?? 'document-faulty') as EngineCode, summary(diagnostics), {
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
export class PlanError extends DocumentError {
  static {
    brand(PlanError, 'PlanError');
  }
}

/**
 * The declaration of a pack that cannot be used (`pack-invalid`). `diagnostics` holds every fault found, and the message
 * lists them; pointers lead into what was given.
 */
export class DeclarationError<Code extends string = string> extends FlowdeckError<Code> {
  static {
    brand(DeclarationError, 'DeclarationError');
  }

  readonly diagnostics: readonly Diagnostic[];

  /** `subject` begins the message, such as `The pack "acme"`. */
  constructor(code: NoInfer<CodeOf<Code>>, subject: string, diagnostics: readonly Diagnostic[]) {
    const first = diagnostics[0];
    super(code, `${subject} is faulty:${diagnostics.slice(0, MAX_LISTED).map(line).join('')}${rest(diagnostics)}`, {
      at: {
        ...(first === undefined ? {} : { pointer: first.pointer }),
        ...(first?.card === undefined ? {} : { card: first.card }),
      },
      ...(first?.hint === undefined ? {} : { hint: first.hint }),
    });
    this.diagnostics = diagnostics;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), diagnostics: this.diagnostics };
  }
}

/** What a failing run reports. `statusCode` and `extra` are what a `catch` block sees beside message and code. */
export class RunError<Code extends string = string> extends FlowdeckError<Code> {
  static {
    brand(RunError, 'RunError');
  }

  readonly statusCode: number | null;
  /** Further properties of the error object: `body` and `headers` of an HTTP answer, keys of a Return Error. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    code: NoInfer<CodeOf<Code>>,
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
  static {
    brand(ConversionError, 'ConversionError');
  }

  constructor(message: string, details: ErrorDetails = {}) {
    super('conversion', message, details);
  }
}

/** A card or a run took longer than allowed. Code `timeout`. */
export class TimeoutError extends RunError {
  static {
    brand(TimeoutError, 'TimeoutError');
  }

  constructor(message: string, details: ErrorDetails = {}) {
    super('timeout', message, details);
  }
}

/** A limit of DESIGN section 5 was exceeded. Code `limit`; the message names the limit. */
export class LimitError extends RunError {
  static {
    brand(LimitError, 'LimitError');
  }

  readonly limit: string;

  constructor(limit: string, message: string, details: ErrorDetails = {}) {
    super('limit', message, details);
    this.limit = limit;
  }
}

/** The run was cancelled through its `AbortSignal` or handle. Code `cancelled`. */
export class CancelledError extends RunError {
  static {
    brand(CancelledError, 'CancelledError');
  }

  constructor(message = 'The run was cancelled.', details: ErrorDetails = {}) {
    super('cancelled', message, details);
  }
}

/** An HTTP exchange that failed, or answered outside 2xx. Codes `http-status`, `http-network`, `http-blocked`, ... */
export class HttpError<Code extends string = string> extends RunError<Code> {
  static {
    brand(HttpError, 'HttpError');
  }
}

/** A connection that is missing, malformed, or of another connector. */
export class ConnectionError<Code extends string = string> extends FlowdeckError<Code> {
  static {
    brand(ConnectionError, 'ConnectionError');
  }
}

/** A message that lists more faults than this is no longer read. */
const MAX_LISTED = 20;

function line({ pointer, card, message, hint }: Diagnostic): string {
  const place = `${pointer === '' ? 'the top' : pointer}${card === undefined ? '' : ` (${card})`}`;
  return `\n  ${place}: ${message}${hint === undefined ? '' : ` ${hint}`}`;
}

function rest({ length }: readonly Diagnostic[]): string {
  return length > MAX_LISTED ? `\n  and ${length - MAX_LISTED} more` : '';
}

function summary(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  const first = errors[0] ?? diagnostics[0];
  if (!first) return 'The document is faulty.';
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `${first.message} At ${first.pointer === '' ? 'the root' : first.pointer}.${more}`;
}
