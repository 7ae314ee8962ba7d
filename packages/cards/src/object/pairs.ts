/** Building an object of keys and values that come from data. */
import { converter, safeObject, type Value, type ValueObject } from '@flowdeck/engine';

const toText = converter({ type: 'text' });

export const PAIR_ERRORS = { conversion: 'A key has no text.' } as const;

/**
 * Later pairs win; those whose key is null are left out.
 *
 * @throws ConversionError (`conversion`) when a key has no text.
 */
export function objectOf(pairs: readonly (readonly [key: Value, value: Value])[]): ValueObject {
  const entries: (readonly [string, Value])[] = [];
  for (const [key, value] of pairs) if (key !== null) entries.push([String(toText(key)), value]);
  return safeObject(entries);
}
