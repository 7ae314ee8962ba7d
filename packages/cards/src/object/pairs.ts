/** Building an object of keys and values that come from data. */
import type { Value, ValueObject } from '@flowdeck/engine';
import { safeObject } from '@flowdeck/engine/kit';
import { asText } from '../shared/conversions.js';

export const PAIR_ERRORS = { conversion: 'A key has no text.' } as const;

/**
 * Later pairs win; those whose key is null are left out.
 *
 * @throws ConversionError (`conversion`) when a key has no text.
 */
export function objectOf(pairs: readonly (readonly [key: Value, value: Value])[]): ValueObject {
  const entries: (readonly [string, Value])[] = [];
  for (const [key, value] of pairs) if (key !== null) entries.push([String(asText(key)), value]);
  return safeObject(entries);
}
