/** Keys under which equal values are the same, so that sets and groups of a million items take one pass. */
import { ConversionError, FileRef, FlowRef, type Value } from '@flowdeck/engine';
import { isPlainObject, MAX_DEPTH } from '@flowdeck/engine/kit';

/** Characters of one key. Data that shares its parts may describe far more than it holds. */
const MAX_KEY = 16 * 1024 * 1024;

/** What a card says that compares items by content. */
export const IDENTITY_ERRORS = {
  conversion: 'An item is nested more than 1,000 levels deep, or too large to be compared.',
} as const;

/**
 * Two values have the same identity when they are equal by type and content: lists item by item, objects key by key in
 * any order, dates by instant.
 *
 * @throws ConversionError (`conversion`) when the value is nested too deeply or too large.
 * @example
 * identityOf({ a: 1, b: 2 }) === identityOf({ b: 2, a: 1 }); // true
 * identityOf(1) === identityOf('1'); // false
 */
export function identityOf(value: Value): Value {
  if (typeof value === 'string') return value.startsWith('\0') ? `\0${value}` : value;
  if (typeof value !== 'object' || value === null) return value;
  const parts: string[] = ['\0='];
  write(value, parts, { left: MAX_KEY }, 0);
  return parts.join('');
}

/** The items that are the first of their identity. */
export function distinct(items: readonly Value[], keyOf: (item: Value, index: number) => Value): readonly Value[] {
  const seen = new Set<Value>();
  return items.filter((item, index) => {
    const { size } = seen;
    return seen.add(identityOf(keyOf(item, index))).size > size;
  });
}

function write(value: Value, parts: string[], budget: { left: number }, depth: number): void {
  if (depth >= MAX_DEPTH) throw refusal('is nested too deeply');
  budget.left -= typeof value === 'string' ? value.length + 2 : 2;
  if (budget.left < 0) throw refusal('is too large');
  if (Array.isArray(value)) {
    parts.push('[');
    for (const item of value) {
      write(item, parts, budget, depth + 1);
      parts.push(',');
    }
    parts.push(']');
  } else if (isPlainObject(value)) {
    parts.push('{');
    for (const key of Object.keys(value).sort()) {
      budget.left -= key.length;
      parts.push(JSON.stringify(key), ':');
      write(value[key] ?? null, parts, budget, depth + 1);
      parts.push(',');
    }
    parts.push('}');
  } else parts.push(single(value));
}

/** Different types begin differently. */
function single(value: Value): string {
  if (value instanceof Date) return `d${value.getTime()}`;
  if (value instanceof FileRef) return `f${JSON.stringify(value.id)}`;
  if (value instanceof FlowRef) return `r${JSON.stringify(value.id)}`;
  return JSON.stringify(value);
}

function refusal(why: string): ConversionError {
  return new ConversionError(`An item cannot be compared: it ${why}.`, {
    hint: 'Compare a part of the items: give a path, or map them first.',
  });
}
