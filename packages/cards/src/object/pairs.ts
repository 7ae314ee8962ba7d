/** Building an object of keys and values that come from data. */
import type { Value, ValueObject } from '@flowdeck/engine';
import { converter, safeObject } from '@flowdeck/engine/kit';

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
