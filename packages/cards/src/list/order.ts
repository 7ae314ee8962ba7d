/** The order in which Sort and Sort Custom put items. */
import type { Value } from '@flowdeck/engine';
import { typeOf } from '@flowdeck/engine/kit';
import { Pace, type Pieces } from '../shared/pace.js';

const RANKS: readonly string[] = ['number', 'date', 'text', 'boolean', 'object', 'list', 'file', 'flow', 'any', 'null'];

/**
 * Sorts by key, ascending and stable: numbers by size, dates by time, texts by code unit, false before true. Of different
 * types numbers come first, then dates, texts, booleans, all that has no order, and at last null.
 */
export function* sortedBy(items: readonly Value[], keys: readonly Value[]): Pieces<readonly Value[]> {
  const pace = new Pace();
  let order = Uint32Array.from(items, (_, index) => index);
  let merged = new Uint32Array(order.length);
  // The platform's sort cannot be left in the midst of it: runs that are in order are merged, two by two.
  for (let width = 1; width < order.length; width *= 2) {
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
  return Array.from(order, (index) => items[index] ?? null);
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
