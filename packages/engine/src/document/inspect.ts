/** Looks once over any value, and no deeper than it may be, before something recurses into it: depth, size, keys, JSON or not. */
import { formatPointer, isUnsafeKey, pointerTo } from '../values/index.js';
import type { Diagnostics } from './diagnostics.js';
import { isObject, quoted } from './members.js';

export interface InspectLimits {
  /** Levels of lists and objects; the root is the first. */
  readonly maxDepth: number;
  /** Least length of the value as JSON text. It bounds a list that stands in many places of the same value. */
  readonly maxBytes: number;
}

/** Pointers are made of keys: a longer one would make every message about its inside as long as the file. */
const MAX_KEY_LENGTH = 1024;

/** The text from which a value was read: as data, whole numbers whose digits were lost are text. */
interface WrittenText {
  readonly data: unknown;
}

/** What was counted on the way. */
export interface Inspected {
  /** Members of all objects. */
  readonly members: number;
}

/**
 * Reports `document-too-deep`, `document-too-large`, `key-too-long`, `unsafe-key` and `not-json`, and warns
 * with `inexact-number`: with the text of the document of numbers whose digits it lost, without it of all that may have.
 *
 * @returns null when it is not safe to look further into the value.
 */
export function inspectValue(
  root: unknown,
  limits: InspectLimits,
  diagnostics: Diagnostics,
  written: WrittenText | null = null,
): Inspected | null {
  if (!isObject(root) || isForeign(root)) {
    if (isJsonScalar(root)) return { members: 0 };
    reportNotJson(root, '', diagnostics);
    return null;
  }
  const inspection = new ValueInspection(limits, diagnostics, written);
  return inspection.looksInto(root) ? inspection : null;
}

class ValueInspection implements Inspected {
  members = 0;
  readonly #limits: InspectLimits;
  readonly #diagnostics: Diagnostics;
  #size = 2;
  /** Keys that lead to the list or object that is being looked through. */
  readonly #path: (string | number)[] = [];
  readonly #written: WrittenText | null;
  /** What the text says as data, once it was asked for. */
  #data: unknown;

  constructor(limits: InspectLimits, diagnostics: Diagnostics, written: WrittenText | null) {
    this.#limits = limits;
    this.#diagnostics = diagnostics;
    this.#written = written;
  }

  /** False when it is not safe to look further. */
  looksInto(members: Readonly<Record<string | number, unknown>>): boolean {
    if (Array.isArray(members)) {
      for (let at = 0; at < members.length; at++) if (!this.#looksAt(members[at], at)) return false;
      return true;
    }
    // Without a list of the keys, which would be made for each object of the document.
    for (const key in members) {
      if (key.length > MAX_KEY_LENGTH) return reportLongKey(key, formatPointer(this.#path), this.#diagnostics);
      if (isUnsafeKey(key)) reportUnsafeKey(key, this.#pointer(key), this.#diagnostics);
      const value = members[key];
      // Absent, as it is for JSON.stringify.
      if (value === undefined) continue;
      this.#size += key.length + 3;
      this.members++;
      if (!this.#looksAt(value, key)) return false;
    }
    return true;
  }

  #looksAt(value: unknown, key: string | number): boolean {
    const isOpened = isObject(value) && !isForeign(value);
    if (typeof value === 'string') {
      this.#size += value.length + 2;
    } else if (isOpened) {
      if (this.#path.length + 2 > this.#limits.maxDepth) {
        return reportDepth(this.#limits.maxDepth, this.#pointer(key), this.#diagnostics);
      }
      this.#size += 2;
    } else if (isJsonScalar(value)) {
      this.#size += 1;
      if (isBeyondExact(value) && this.#losesDigits(value, key)) {
        reportInexact(this.#pointer(key), this.#diagnostics);
      }
    } else {
      reportNotJson(value, this.#pointer(key), this.#diagnostics);
      if (this.#diagnostics.full) return false;
    }
    if (this.#size > this.#limits.maxBytes) return reportSize(this.#limits.maxBytes, this.#diagnostics);
    if (!isOpened) return true;
    this.#path.push(key);
    const isSafe = this.looksInto(value);
    this.#path.pop();
    return isSafe;
  }

  /** Without the text of the number all that stand beyond 2^53 may be others than were written. */
  #losesDigits(value: number, key: string | number): boolean {
    if (this.#written === null) return Math.abs(value) < EXPONENT_FROM;
    this.#data ??= this.#written.data;
    let found = this.#data;
    for (const step of [...this.#path, key]) found = isObject(found) ? found[step] : undefined;
    return typeof found === 'string';
  }

  #pointer(key: string | number): string {
    return pointerTo(formatPointer(this.#path), key);
  }
}

/** True for instances of classes. A plain object of another realm passes: its prototype is that realm's root. */
function isForeign(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null || Array.isArray(value)) return false;
  return Object.getPrototypeOf(prototype) !== null;
}

export function isJsonScalar(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}

/** JavaScript writes an exponent from here on, as people do who do not mean an id. */
const EXPONENT_FROM = 1e21;

/** A whole number beyond 2^53: what was read may be another one than was written. */
function isBeyondExact(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
}

function reportInexact(pointer: string, diagnostics: Diagnostics): void {
  diagnostics.add({
    severity: 'warning',
    code: 'inexact-number',
    pointer,
    message: 'This whole number is too large to be kept exactly; its last digits may have changed.',
    hint: 'Write an id as text, in double quotes. Numbers are exact up to 9007199254740991.',
  });
}

function reportNotJson(value: unknown, pointer: string, diagnostics: Diagnostics): void {
  const kind = typeof value === 'object' ? 'an instance of a class' : typeof value;
  diagnostics.add({
    code: 'not-json',
    pointer,
    message:
      typeof value === 'number'
        ? 'This number is not finite, or too large for a JSON reader.'
        : `JSON cannot hold this value (${kind}).`,
    hint:
      typeof value === 'number'
        ? 'Write a number between -1.79e308 and 1.79e308, or text.'
        : 'Use null, text, a finite number, true, false, a list or a plain object; a date is written as ISO 8601 text.',
  });
}

function reportUnsafeKey(key: string, pointer: string, diagnostics: Diagnostics): void {
  diagnostics.add({
    code: 'unsafe-key',
    pointer,
    message: `"${key}" may not be the name of a property.`,
    hint: 'Choose another name: this one reaches the prototype of an object.',
  });
}

function reportLongKey(key: string, pointer: string, diagnostics: Diagnostics): false {
  diagnostics.add({
    code: 'key-too-long',
    pointer,
    message: `The name of a property has ${key.length} characters: ${quoted(key)}.`,
    hint: `Keep names under ${MAX_KEY_LENGTH} characters.`,
  });
  return false;
}

function reportDepth(maxDepth: number, pointer: string, diagnostics: Diagnostics): false {
  diagnostics.add({
    code: 'document-too-deep',
    pointer,
    message: `The document has more than ${maxDepth} levels of lists and objects, or contains itself.`,
    hint: 'Move inner blocks to helper flows, or raise `maxDepth`.',
  });
  return false;
}

export function reportSize(maxBytes: number, diagnostics: Diagnostics): false {
  diagnostics.add({
    code: 'document-too-large',
    pointer: '',
    message: `The document has more than ${maxBytes} bytes.`,
    hint: 'Keep large data in files or tables, split the deck, or raise `maxBytes`.',
  });
  return false;
}
