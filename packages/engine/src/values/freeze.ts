/** Freezing of values: what is shared by runs and hosts cannot be changed by one of them. */
import { isPlainObject } from './object.js';

/**
 * Freezes a value with all its lists and objects, in place, and returns it. Ends on cyclic data, at any depth. A date's
 * own time cannot be frozen by JavaScript; files and flow references are left alone.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  const waiting: unknown[] = [value];
  const seen = new Set<unknown>();
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (!(Array.isArray(next) || isPlainObject(next)) || seen.has(next)) continue;
    seen.add(next);
    Object.freeze(next);
    for (const item of Object.values(next)) if (typeof item === 'object' && item !== null) waiting.push(item);
  }
  return value;
}
