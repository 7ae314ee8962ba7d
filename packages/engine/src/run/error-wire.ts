/** Errors as JSON, and back: what a replay gives equals what the first life gave. */
import type { EngineCode } from '../codes.js';
import type { Diagnostic, Place } from '../diagnostic.js';
import {
  CancelledError,
  ConnectionError,
  ConversionError,
  DocumentError,
  FlowdeckError,
  HttpError,
  LimitError,
  PlanError,
  RunError,
  TimeoutError,
} from '../errors.js';
import { decodeValue, encodeValue, isPlainObject, type JsonData, type Value } from '../values/index.js';

/** The classes of errors as they are stored, so that they do not follow a renamed or minified class. */
type Label =
  | 'conversion'
  | 'timeout'
  | 'limit'
  | 'cancelled'
  | 'http'
  | 'run'
  | 'plan'
  | 'document'
  | 'connection'
  | 'flowdeck';

/** An error as it is stored. The cause and the stack stay behind: they speak of a process that is gone. */
interface StoredError {
  readonly class: Label;
  readonly name: string;
  /** As it was recorded, a pack's own too; errors are made again with what they had. */
  readonly code: EngineCode;
  readonly message: string;
  readonly at?: Place;
  readonly hint?: string;
  readonly statusCode?: number | null;
  readonly extra?: unknown;
  readonly limit?: string;
  readonly diagnostics?: readonly Diagnostic[];
}

/** Something thrown that is no error of ours. */
type StoredThrown =
  | { readonly class: 'Error'; readonly name: string; readonly message: string; readonly code?: string | number }
  | { readonly class: 'value'; readonly value: unknown };

interface Details {
  readonly at: Place;
  readonly hint?: string;
}

interface StoredClass {
  readonly label: Label;
  readonly matches: (error: unknown) => boolean;
  readonly build: (stored: StoredError, details: Details) => FlowdeckError;
}

/** Subclasses before their parents: the first match decides. */
const ERROR_CLASSES: readonly StoredClass[] = [
  {
    label: 'conversion',
    matches: (error) => error instanceof ConversionError,
    build: (stored, details) => new ConversionError(stored.message, details),
  },
  {
    label: 'timeout',
    matches: (error) => error instanceof TimeoutError,
    build: (stored, details) => new TimeoutError(stored.message, details),
  },
  {
    label: 'limit',
    matches: (error) => error instanceof LimitError,
    build: (stored, details) => new LimitError(stored.limit ?? '', stored.message, details),
  },
  {
    label: 'cancelled',
    matches: (error) => error instanceof CancelledError,
    build: (stored, details) => new CancelledError(stored.message, details),
  },
  {
    label: 'http',
    matches: (error) => error instanceof HttpError,
    build: (stored, details) => new HttpError(stored.code, stored.message, { ...details, ...runDetails(stored) }),
  },
  {
    label: 'run',
    matches: (error) => error instanceof RunError,
    build: (stored, details) => new RunError(stored.code, stored.message, { ...details, ...runDetails(stored) }),
  },
  {
    label: 'plan',
    matches: (error) => error instanceof PlanError,
    build: (stored, details) => new PlanError(stored.diagnostics ?? [], details),
  },
  {
    label: 'document',
    matches: (error) => error instanceof DocumentError,
    build: (stored, details) => new DocumentError(stored.diagnostics ?? [], details),
  },
  {
    label: 'connection',
    matches: (error) => error instanceof ConnectionError,
    build: (stored, details) => new ConnectionError(stored.code, stored.message, details),
  },
  {
    label: 'flowdeck',
    matches: (error) => error instanceof FlowdeckError,
    build: (stored, details) => new FlowdeckError(stored.code, stored.message, details),
  },
];

/** Whatever was thrown, as JSON. Never throws. */
export function encodeError(error: unknown): JsonData {
  const stored: StoredError | StoredThrown =
    error instanceof FlowdeckError
      ? storedError(error)
      : error instanceof Error
        ? storedForeign(error)
        : { class: 'value', value: encodeLoosely(error) };
  // Made of texts, numbers and what `encodeLoosely` gave; places and diagnostics are plain data.
  return stored as unknown as JsonData;
}

/** An error equal to the one that was encoded: class, code, message, place, hint, status and further properties. */
export function decodeError(json: unknown): unknown {
  if (!isPlainObject(json) || typeof json['class'] !== 'string') return new Error('An error that cannot be read.');
  // encodeError wrote it: what stands under a class is what that class has.
  const stored = json as unknown as StoredError | StoredThrown;
  if (stored.class === 'value') return decodeValue(stored.value);
  const known = ERROR_CLASSES.find((candidate) => candidate.label === stored.class);
  if (stored.class === 'Error' || known === undefined) return foreignError(stored);
  const error = known.build(stored, {
    at: stored.at ?? {},
    ...(stored.hint === undefined ? {} : { hint: stored.hint }),
  });
  error.name = stored.name;
  return error;
}

function storedError(error: FlowdeckError): StoredError {
  const label = ERROR_CLASSES.find((candidate) => candidate.matches(error))?.label ?? 'flowdeck';
  return {
    class: label,
    name: error.name,
    code: error.code as EngineCode, // or a pack's own: it is kept as it was, and asked for nothing
    message: error.message,
    at: error.at,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error instanceof RunError ? { statusCode: error.statusCode, extra: encodeLoosely(error.extra) } : {}),
    ...(error instanceof LimitError ? { limit: error.limit } : {}),
    ...(error instanceof DocumentError ? { diagnostics: error.diagnostics } : {}),
  };
}

function runDetails(stored: StoredError): { statusCode: number | null; extra: Readonly<Record<string, unknown>> } {
  const extra = stored.extra === undefined ? {} : decodeValue(stored.extra);
  // Only `extra` of a RunError is encoded here, which is an object.
  return { statusCode: stored.statusCode ?? null, extra: extra as Readonly<Record<string, unknown>> };
}

function storedForeign(error: Error): StoredThrown {
  const code = 'code' in error ? error.code : undefined;
  const kept = typeof code === 'string' || typeof code === 'number' ? { code } : {};
  return { class: 'Error', name: error.name, message: error.message, ...kept };
}

function foreignError(stored: Pick<Extract<StoredThrown, { class: 'Error' }>, 'name' | 'message' | 'code'>): Error {
  const error = new Error(stored.message);
  error.name = stored.name;
  return stored.code === undefined ? error : Object.assign(error, { code: stored.code });
}

/** Error objects may carry anything; what no value can hold becomes its text. */
function encodeLoosely(value: unknown): JsonData {
  try {
    // encodeValue refuses what is not a value: that is the check.
    return encodeValue((value === undefined ? null : value) as Value);
  } catch {
    return encodeValue(typeof value === 'object' && value !== null ? looseEntries(value) : String(value));
  }
}

function looseEntries(value: object): Value {
  const kept: [string, Value][] = [];
  for (const [key, member] of Object.entries(value)) {
    try {
      encodeValue(member);
      kept.push([key, member]);
    } catch {
      kept.push([key, String(member)]);
    }
  }
  return Object.fromEntries(kept);
}
