/** Finds what is no value in one: an object of a class, a function, a bigint that a host or a card of others handed in. */
import { ConversionError } from '../errors.js';
import { isPlainObject } from './object.js';
import { pointerTo } from './pointer.js';
import { FileRef, FlowRef } from './types.js';

/** Lists and objects that are looked at before they are remembered: those that stand in many places are looked at once then. */
const PARTS_UNSEEN = 10_000;

/**
 * JSON pointer of what is no value in it, `''` for the whole; null: all of it is one. The value neither nests without end nor
 * contains itself.
 */
export function foreignIn(value: unknown): string | null {
  return lookInto(value, { parts: 0, seen: null });
}

/** @throws ConversionError when there is something in what is given that is no value; `name` is what it is called. */
export function checkIsValue(value: unknown, name: string): void {
  const at = foreignIn(value);
  if (at === null) return;
  throw new ConversionError(`${name} holds what is no value${at === '' ? '' : `, at "${at}"`}.`, {
    hint: 'Values are texts, numbers, true and false, dates, files, and lists and plain objects of them.',
  });
}

interface Looking {
  parts: number;
  seen: Set<object> | null;
}

function lookInto(value: unknown, looking: Looking): string | null {
  if (typeof value !== 'object') return SCALARS.has(typeof value) ? null : '';
  if (value === null || looking.seen?.has(value)) return null;
  if (++looking.parts > PARTS_UNSEEN) looking.seen ??= new Set();
  looking.seen?.add(value);
  if (Array.isArray(value)) return lookIntoItems(value, looking);
  if (isPlainObject(value)) return lookIntoMembers(value, looking);
  return value instanceof Date || value instanceof FileRef || value instanceof FlowRef ? null : '';
}

/** What scalars are to JavaScript. What is not given counts as null. */
const SCALARS: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'undefined']);

function lookIntoItems(list: readonly unknown[], looking: Looking): string | null {
  for (let at = 0; at < list.length; at++) {
    const found = lookInto(list[at], looking);
    if (found !== null) return pointerTo('', at) + found;
  }
  return null;
}

function lookIntoMembers(object: Readonly<Record<string, unknown>>, looking: Looking): string | null {
  for (const key in object) {
    const found = lookInto(object[key], looking);
    if (found !== null) return pointerTo('', key) + found;
  }
  return null;
}
