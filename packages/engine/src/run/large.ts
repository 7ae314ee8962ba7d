/** Tells values that take long to work with from those that do not, without looking at all of them. */
import type { Value } from '../values/index.js';

/** UTF-16 units and items from which a value is large. */
export const LARGE_TEXT = 4_096;
export const LARGE_LIST = 512;
/** Parts of a value that are looked at; one of more parts counts as large. */
const PARTS_LOOKED_AT = 64;

/** True when a card may take long to work with the value. Some that would not take long are among them. */
export function isLarge(value: Value | undefined): boolean {
  if (typeof value === 'string') return value.length > LARGE_TEXT;
  return typeof value === 'object' && value !== null && hasManyParts(value);
}

function hasManyParts(whole: object): boolean {
  let left = PARTS_LOOKED_AT;
  const look = (value: unknown): boolean => {
    if (--left < 0) return true;
    if (typeof value === 'string') return value.length > LARGE_TEXT;
    if (typeof value !== 'object' || value === null) return false;
    if (Array.isArray(value)) return value.length > LARGE_LIST || value.some(look);
    // What a file or date has is small. The values of many members are not gathered to look at some.
    for (const key in value) if (look(Reflect.get(value, key))) return true;
    return false;
  };
  return look(whole);
}
