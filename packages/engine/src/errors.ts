/** The one error hierarchy of Flowdeck. Every error has a code, a place and, where there is one, a remedy. */
import type { EngineCode } from './codes.js';
import { type Diagnostic, listed, type Place, summary } from './diagnostic.js';
import { brand, type ErrorClass, isMade } from './error-brand.js';

/** What an error tells beside its code and message. */
export interface ErrorDetails {
  /** Where. A run adds what it knows: flow, card, pointer, execution. */
  at?: Place;
  /** What to do about it, in a sentence. */
  hint?: string;
  /** What led to it: the `cause` of the error (ECMAScript, section 20.5.8.1). */
  cause?: unknown;
}

/**
 * The codes that an error may be made with: those that its maker names, `new RunError<'acme-sold-out'>(...)`, else the
 * engine's own. So a typo does not compile, in a pack neither.
 */
export type CodeOf<Code extends string> = string extends Code ? EngineCode : Code;

/**
 * Base of all errors that Flowdeck throws. `instanceof` also knows the errors of another copy of the engine: a pack may
 * bring its own, and a tool may bundle one.
 *
 * @example
 * type AcmeCode = 'acme-sold-out' | 'acme-closed';
 * throw new RunError<AcmeCode>('acme-sold-out', 'The article is sold out.', { hint: 'Order another one.' });
 */
export class FlowdeckError<Code extends string = string> extends Error {
  /** Stable and documented: a program decides by this, never by the message. */
  readonly code: Code;
  /** Where. What is not known is left out. */
  readonly at: Place;
  /** What to do about it, in a sentence. Absent: there is nothing sure to say. */
  readonly hint?: string;

  static {
    brand(FlowdeckError, 'FlowdeckError');
  }

  /** Makes `instanceof` know errors of another copy of the engine. */
  static override [Symbol.hasInstance]<Class extends ErrorClass>(
    this: Class,
    value: unknown,
  ): value is InstanceType<Class> {
    // biome-ignore lint/complexity/noThisInStatic: subclasses inherit this method, and each is asked for itself
    return isMade(this, value);
  }

  constructor(code: NoInfer<CodeOf<Code>>, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    // A class that uses its own name is called `_Name` by a bundler, ours among them.
    this.name = new.target.name.replace(/^_+/, '');
    // Without codes of its own, `Code` is any text.
    this.code = code as string as Code;
    this.at = details.at ?? {};
    if (details.hint !== undefined) this.hint = details.hint;
  }

  /** `name`, `code`, `message`, `at` and `hint`; neither `cause` nor `stack`. */
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

/** What a {@link DocumentError} tells besides its diagnostics. */
export interface DocumentErrorDetails extends ErrorDetails {
  /** Whose document it is, where that is not the one that was given. */
  readonly subject?: string;
}

/** A document that cannot be used. `diagnostics` holds every fault found, not just the first. */
export class DocumentError extends FlowdeckError {
  static {
    brand(DocumentError, 'DocumentError');
  }

  /** Everything found, warnings included. */
  readonly diagnostics: readonly Diagnostic[];
  /** Whose document it is, where that is not the one that was given: `The connector "acme"`. The message begins with it. */
  readonly subject?: string;

  constructor(diagnostics: readonly Diagnostic[], { subject, ...details }: DocumentErrorDetails = {}) {
    const first = diagnostics.find((diagnostic) => diagnostic.severity === 'error') ?? diagnostics[0];
    const found = summary(diagnostics);
    // Whoever found the faults has chosen from its own table: the engine's, an import's, a linter's.
    super((first?.code ?? 'document-faulty') as EngineCode, subject === undefined ? found : `${subject}: ${found}`, {
      ...details,
      at: { ...details.at, ...(first ? { pointer: first.pointer } : {}) },
      ...(first?.hint === undefined ? {} : { hint: first.hint }),
    });
    this.diagnostics = diagnostics;
    if (subject !== undefined) this.subject = subject;
  }

  /** The members of `FlowdeckError.toJSON`, and `diagnostics`. */
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

  /** Every fault found, in the order of the declaration. */
  readonly diagnostics: readonly Diagnostic[];

  /** `subject` begins the message, such as `The pack "acme"`. */
  constructor(code: NoInfer<CodeOf<Code>>, subject: string, diagnostics: readonly Diagnostic[]) {
    const first = diagnostics[0];
    super(code, `${subject} is faulty:${listed(diagnostics)}`, {
      at: {
        ...(first === undefined ? {} : { pointer: first.pointer }),
        ...(first?.card === undefined ? {} : { card: first.card }),
      },
      ...(first?.hint === undefined ? {} : { hint: first.hint }),
    });
    this.diagnostics = diagnostics;
  }

  /** The members of `FlowdeckError.toJSON`, and `diagnostics`. */
  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), diagnostics: this.diagnostics };
  }
}

/** What a failing run reports. `statusCode` and `extra` are what a `catch` block sees beside message and code. */
export class RunError<Code extends string = string> extends FlowdeckError<Code> {
  static {
    brand(RunError, 'RunError');
  }

  /** HTTP status, of an answer or as a Return Error gives it. Null: none. */
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

  /** Name of the limit, such as `steps`. */
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
