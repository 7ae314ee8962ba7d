/** Building an object of keys and values that are both data. */
import type { Value, ValueObject } from '@flowdeck/engine';
import { pathReader } from '@flowdeck/engine/kit';
import { asText } from '../shared/conversions.js';
import { OBJECT_ERRORS, type ObjectEntry, outputInPieces } from '../shared/objects.js';
import type { Pieces } from '../shared/pace.js';

export const PAIR_ERRORS = { conversion: 'A key has no text.', ...OBJECT_ERRORS } as const;

/**
 * Later pairs win; those whose key is null are left out.
 *
 * @throws ConversionError (`conversion`) when a key has no text; LimitError (`limit`) for too many members.
 */
export function objectOf(pairs: Iterable<readonly [key: Value, value: Value]>): Pieces<{ output: ValueObject }> {
  return outputInPieces(entriesOf(pairs));
}

function* entriesOf(pairs: Iterable<readonly [key: Value, value: Value]>): Generator<ObjectEntry> {
  for (const [key, value] of pairs) if (key !== null) yield [String(asText(key)), value];
}

/** What stands under "key" and "value" of each item. */
export function* pairsIn(list: readonly Value[]): Generator<readonly [key: Value, value: Value]> {
  for (const pair of list) yield [keyIn(pair), valueIn(pair)];
}

const keyIn = pathReader(['key']);
const valueIn = pathReader(['value']);
