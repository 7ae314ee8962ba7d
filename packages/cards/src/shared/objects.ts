/** Building an object of keys and values that come from data, in pieces. */
import type { Value, ValueObject } from '@flowdeck/engine';
import { ObjectBuilder } from '@flowdeck/engine/kit';
import { Pace, type Pieces } from './pace.js';

export const OBJECT_ERRORS = { limit: 'An object would have more than 50,000 members.' } as const;

export type ObjectEntry = readonly [key: string, value: Value];

/** Later entries win. @throws LimitError (code `limit`) for more members than an object may have. */
export function* objectInPieces(entries: Iterable<ObjectEntry>): Pieces<ValueObject> {
  const pace = new Pace();
  const builder = new ObjectBuilder();
  for (const [key, value] of entries) {
    builder.set(key, value);
    pace.read(key);
    if (pace.step()) yield;
  }
  return builder.object;
}

/** The same, as the output of that name of most cards. */
export function* outputInPieces(entries: Iterable<ObjectEntry>): Pieces<{ output: ValueObject }> {
  return { output: yield* objectInPieces(entries) };
}

/** The members of objects, one after the other. Null has none. */
export function* membersOf(objects: Iterable<Value>): Generator<ObjectEntry> {
  for (const object of objects) yield* Object.entries(object ?? {});
}
