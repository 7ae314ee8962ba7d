/** Looks once over any value, without recursion, before something recurses into it: depth, size, keys, JSON or not. */
import { isUnsafeKey, pointerTo } from '../values/index.js';
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

/** A list or object that is being looked through. */
interface Open {
  readonly members: Readonly<Record<string | number, unknown>>;
  /** Null for a list. */
  readonly keys: readonly string[] | null;
  readonly length: number;
  next: number;
}

/** What was counted on the way. */
export interface Inspected {
  /** Members of all objects. */
  readonly members: number;
}

/**
 * Reports `document-too-deep`, `document-too-large`, `key-too-long`, `unsafe-key` and `not-json`, and warns
 * with `inexact-number`.
 *
 * @returns null when it is not safe to look further into the value.
 */
export function inspectValue(root: unknown, limits: InspectLimits, diagnostics: Diagnostics): Inspected | null {
  if (!isObject(root) || isForeign(root)) {
    if (isJsonScalar(root)) return { members: 0 };
    reportNotJson(root, '', diagnostics);
    return null;
  }
  const path: Open[] = [];
  let current: Open | undefined = open(root);
  let size = 2;
  let members = 0;
  const pointer = () => pointerOf(current ? [...path, current] : path);

  while (current !== undefined) {
    if (current.next >= current.length) {
      current = path.pop();
      continue;
    }
    const position: number = current.next++;
    let value: unknown;
    if (current.keys === null) {
      value = current.members[position];
    } else {
      const key = current.keys[position]!; // below `length`
      if (key.length > MAX_KEY_LENGTH) return reportLongKey(key, pointerOf(path), diagnostics);
      if (isUnsafeKey(key)) reportUnsafeKey(key, pointer(), diagnostics);
      value = current.members[key];
      // Absent, as it is for JSON.stringify.
      if (value === undefined) continue;
      size += key.length + 3;
      members++;
    }
    if (typeof value === 'string') {
      size += value.length + 2;
    } else if (isObject(value) && !isForeign(value)) {
      if (path.length + 2 > limits.maxDepth) return reportDepth(limits.maxDepth, pointer(), diagnostics);
      size += 2;
      path.push(current);
      current = open(value);
    } else if (isJsonScalar(value)) {
      size += 1;
      if (isInexact(value)) reportInexact(pointer(), diagnostics);
    } else {
      reportNotJson(value, pointer(), diagnostics);
      if (diagnostics.full) return null;
    }
    if (size > limits.maxBytes) return reportSize(limits.maxBytes, diagnostics);
  }
  return { members };
}

function open(members: Readonly<Record<string, unknown>>): Open {
  if (Array.isArray(members)) return { members, keys: null, length: members.length, next: 0 };
  const keys = Object.keys(members);
  return { members, keys, length: keys.length, next: 0 };
}

/** Where the last taken member of the innermost container stands. */
function pointerOf(path: readonly Open[]): string {
  let pointer = '';
  // One was taken of every open container.
  for (const { keys, next } of path) pointer = pointerTo(pointer, keys === null ? next - 1 : keys[next - 1]!);
  return pointer;
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

/**
 * A whole number beyond 2^53: what was read may be another one than was written. From 1e21 on JavaScript writes an
 * exponent, as people do who do not mean an id.
 */
function isInexact(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21;
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

function reportLongKey(key: string, pointer: string, diagnostics: Diagnostics): null {
  diagnostics.add({
    code: 'key-too-long',
    pointer,
    message: `The name of a property has ${key.length} characters: ${quoted(key)}.`,
    hint: `Keep names under ${MAX_KEY_LENGTH} characters.`,
  });
  return null;
}

function reportDepth(maxDepth: number, pointer: string, diagnostics: Diagnostics): null {
  diagnostics.add({
    code: 'document-too-deep',
    pointer,
    message: `The document has more than ${maxDepth} levels of lists and objects, or contains itself.`,
    hint: 'Move inner blocks to helper flows, or raise `maxDepth`.',
  });
  return null;
}

export function reportSize(maxBytes: number, diagnostics: Diagnostics): null {
  diagnostics.add({
    code: 'document-too-large',
    pointer: '',
    message: `The document has more than ${maxBytes} bytes.`,
    hint: 'Keep large data in files or tables, split the deck, or raise `maxBytes`.',
  });
  return null;
}
