/** Flowdeck values as JSONata's data and back. JSONata only ever sees copies: parts of it change what they are given. */
import type { FlowdeckError } from '../errors.js';
import { checkMemberCount, FileRef, FlowRef, isPlainObject, MAX_DEPTH, setOwn, type Value } from '../values/index.js';
import { expressionRefusal, limitError, resultError } from './faults.js';

/** Keys by which JSONata tells its own things from data. PlainData that carries them would be taken for a function or a stream. */
const MARKS: ReadonlySet<string> = new Set(['_jsonata_lambda', '_jsonata_function', 'tupleStream', 'outerWrapper']);

/** Parts of a value between two looks at the clock. */
const PARTS_PER_LOOK = 1_024;

/** Looks at the clock, and throws when the time is up. */
export type Look = () => void;

type PlainData = { [key: string]: unknown };

/** What a date is in an expression. An invalid one is null. */
export function dateText(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/**
 * Copies values for one evaluation: dates as ISO 8601 text, files and flow references as objects that `restore` turns
 * back. JSONata's own marks are left out.
 */
export class DataCopier {
  #originals: Map<object, FileRef | FlowRef> | null = null;
  readonly #most: number;
  readonly #look: Look;
  #parts = 0;
  /** Characters and values copied so far. */
  weight = 0;

  /** `look` is called every so many parts: shared ones are copied once per place, which can be millions from a few. */
  constructor(most: number, look: Look) {
    this.#most = most;
    this.#look = look;
  }

  /** @throws RunError `expression-input` beyond 1000 levels; LimitError `expression-size` for endless data. */
  copy(value: unknown, depth = 0): unknown {
    this.weight += typeof value === 'string' ? value.length + 1 : 1;
    if (typeof value !== 'object' || value === null) return scalarOf(value);
    if (depth > MAX_DEPTH) throw dataTooDeep();
    if (++this.#parts % PARTS_PER_LOOK === 0) this.#look();
    // A tree of this weight was no document any more.
    if (this.weight > this.#most) throw limitError('size', this.#most);
    if (Array.isArray(value)) return value.map((item) => this.copy(item ?? null, depth + 1));
    if (value instanceof Date) return dateText(value);
    if (value instanceof FileRef) return this.#standIn(value, fileData(value));
    if (value instanceof FlowRef) return this.#standIn(value, flowData(value));
    const copy: PlainData = {};
    // Own enumerable keys only, of whatever object this is.
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined || MARKS.has(key)) continue;
      this.weight += key.length;
      setOwn(copy, key, this.copy(item, depth + 1));
    }
    return copy;
  }

  /** The file or flow reference that a copy stands for. */
  restore(copy: object): FileRef | FlowRef | undefined {
    return this.#originals?.get(copy);
  }

  #standIn(original: FileRef | FlowRef, data: PlainData): PlainData {
    this.#originals ??= new Map();
    this.#originals.set(data, original);
    return data;
  }
}

/** An instance as a path in an expression sees it; null when it has no properties to read. */
export function instanceData(value: object): PlainData | null {
  if (value instanceof Date) return null;
  if (value instanceof FlowRef) return flowData(value);
  if (value instanceof FileRef) return fileData(value);
  // A plain object of another realm, or of a class that a host made: own properties only, like any other.
  return value as PlainData;
}

/** The members of an object as an expression sees them, the text of a date; lists are as they are. */
export function seenData(value: object): unknown {
  if (Array.isArray(value)) return value;
  const data = instanceData(value);
  if (data === null) return dateText(value as Date); // the only instance without properties to read
  for (const key in data) if (MARKS.has(key) || data[key] === undefined) return withoutMarks(data);
  return data;
}

function withoutMarks(data: PlainData): PlainData {
  const kept: PlainData = {};
  for (const [key, item] of Object.entries(data)) if (item !== undefined && !MARKS.has(key)) setOwn(kept, key, item);
  return kept;
}

function fileData({ id, name, size, mediaType }: FileRef): PlainData {
  return { id, name, size, mediaType };
}

function flowData({ id, name }: FlowRef): PlainData {
  return { id, name };
}

/** A value without parts as an expression sees it: what is no data is nothing. */
export function scalarOf(value: unknown): unknown {
  return typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint' ? undefined : value;
}

/**
 * What JSONata gave, as a Flowdeck value: nothing becomes null; lists lose JSONata's flags, objects get the ordinary
 * prototype.
 *
 * @throws RunError `expression-result` for functions and for numbers that JSON cannot hold, anywhere in the result.
 */
export function toValue(result: unknown, copier: DataCopier, most: number, look: Look): Value {
  let left = most;
  const convert = (part: unknown, depth: number): Value => {
    switch (typeof part) {
      case 'undefined':
        return null;
      case 'string':
      case 'boolean':
        return part;
      case 'number':
        return finite(part);
      case 'object':
        break;
      default:
        throw resultError(`a ${typeof part}`);
    }
    if (part === null) return null;
    if (depth > MAX_DEPTH) throw resultError(`nested more than ${MAX_DEPTH} levels deep`);
    if (--left < 0) throw limitError('size', most);
    if (left % PARTS_PER_LOOK === 0) look();
    if (Array.isArray(part)) return part.map((item: unknown) => convert(item, depth + 1));
    const original = copier.restore(part);
    if (original) return original;
    if (isFunction(part)) throw resultError('a function');
    if (!isPlainObject(part)) throw resultError('an object of an unknown kind');
    checkMemberCount(part);
    const object: { [key: string]: Value } = {};
    for (const [key, item] of Object.entries(part))
      if (item !== undefined) setOwn(object, key, convert(item, depth + 1));
    return object;
  };
  return convert(result, 0);
}

/** @throws RunError `expression-result` for an infinite or undefined number. */
export function finite(number: number): number {
  if (Number.isFinite(number)) return number;
  throw resultError(Number.isNaN(number) ? 'not a number' : 'an infinite number');
}

/** True for JSONata's functions, and for JavaScript's. */
export function isFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null) return false;
  // Of any object a property may be asked.
  const { _jsonata_function: native, _jsonata_lambda: lambda } = value as PlainData;
  return native === true || lambda === true;
}

export function dataTooDeep(): FlowdeckError {
  return expressionRefusal(
    'expression-input',
    `A value that the expression reads nests more than ${MAX_DEPTH} levels of lists and objects.`,
    'Flatten the value, or find the list or object that contains itself.',
  );
}
