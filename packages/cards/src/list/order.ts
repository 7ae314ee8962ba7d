/** The order in which Sort and Sort Custom put items. */
import type { Value } from '@flowdeck/engine';
import { typeOf } from '@flowdeck/engine/kit';
import { Pace, type Pieces } from '../shared/pace.js';

const RANKS: readonly string[] = ['number', 'date', 'text', 'boolean', 'object', 'list', 'file', 'flow', 'any', 'null'];

/** Items that the platform sorts in a millisecond or two. */
const RUN = 4_096;
/** Characters of a key that takes no longer to compare than another. */
const SHORT = 64;

/**
 * Sorts by key, ascending and stable: numbers by size, dates by time, texts by code unit, false before true. Of different
 * types numbers come first, then dates, texts, booleans, all that has no order, and at last null.
 */
export function* sortedBy(items: readonly Value[], keys: readonly Value[]): Pieces<readonly Value[]> {
  const { length } = items;
  const isQuick = keys.every(isShort);
  if (isQuick && length <= RUN) return inOrder(items, runOf(keys, 0, length));
  const pace = new Pace();
  let width = isQuick ? RUN : 1;
  let order = new Uint32Array(length);
  for (let from = 0; from < length; from += width) {
    if (width === 1) order[from] = from;
    else order.set(runOf(keys, from, Math.min(from + width, length)), from);
    if (width > 1 || pace.step()) yield;
  }
  let merged = new Uint32Array(order.length);
  // The platform's sort cannot be left in the midst of it: runs that are in order are merged, two by two.
  for (; width < order.length; width *= 2) {
    for (let from = 0; from < order.length; from += 2 * width) {
      const middle = Math.min(from + width, order.length);
      const end = Math.min(middle + width, order.length);
      let left = from;
      let right = middle;
      for (let at = from; at < end; at++) {
        if (left < middle && (right === end || precedes(order[left], order[right], keys, pace)))
          merged[at] = order[left++] ?? 0;
        else merged[at] = order[right++] ?? 0;
        if (pace.step()) yield;
      }
    }
    [order, merged] = [merged, order];
  }
  return inOrder(items, order);
}

/** Where the items of a run stand, in their order. */
function runOf(keys: readonly Value[], from: number, end: number): number[] {
  const run: number[] = [];
  for (let at = from; at < end; at++) run.push(at);
  return run.sort((a, b) => compareKeys(keys[a] ?? null, keys[b] ?? null));
}

function inOrder(items: readonly Value[], order: ArrayLike<number>): readonly Value[] {
  const sorted: Value[] = [];
  for (let at = 0; at < order.length; at++) sorted.push(items[order[at] ?? 0] ?? null);
  return sorted;
}

function isShort(key: Value): boolean {
  return typeof key !== 'string' || key.length <= SHORT;
}

/** True when the item at `a` comes first, or neither does. */
function precedes(a = 0, b = 0, keys: readonly Value[], pace: Pace): boolean {
  const left = keys[a] ?? null;
  const right = keys[b] ?? null;
  // Texts are compared up to where they differ, which may be their end.
  if (typeof left === 'string' && typeof right === 'string') pace.read(left.length < right.length ? left : right);
  return compareKeys(left, right) <= 0;
}

function compareKeys(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return RANKS.indexOf(typeOf(a)) - RANKS.indexOf(typeOf(b));
}
