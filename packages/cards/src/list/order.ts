/** The order in which Sort and Sort Custom put items. */
import type { Value } from '@flowdeck/engine';
import { typeOf } from '@flowdeck/engine/kit';

const RANKS: readonly string[] = ['number', 'date', 'text', 'boolean', 'object', 'list', 'file', 'flow', 'any', 'null'];

/**
 * Sorts by key, ascending and stable: numbers by size, dates by time, texts by code unit, false before true. Of different
 * types numbers come first, then dates, texts, booleans, all that has no order, and at last null.
 */
export function sortedBy(items: readonly Value[], keys: readonly Value[]): readonly Value[] {
  const order = items.map((_, index) => index);
  order.sort((a, b) => compareKeys(keys[a] ?? null, keys[b] ?? null));
  return order.map((index) => items[index] ?? null);
}

function compareKeys(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return RANKS.indexOf(typeOf(a)) - RANKS.indexOf(typeOf(b));
}
