/** Claims that the author of a flow names as outputs. */
import type { Field, Value, ValueObject } from '@flowdeck/engine';
import { fieldName, safeObject } from '@flowdeck/engine/kit';

/** The claim of every output that is not one of `declared`; null for one that the token does not have. */
export function namedClaims(
  payload: ValueObject,
  outputs: readonly Field[],
  declared: readonly string[],
): { readonly [name: string]: Value } {
  const named = outputs.filter((field) => !declared.includes(fieldName(field)));
  return safeObject(
    named.map((field) => [fieldName(field), Object.hasOwn(payload, field.key) ? (payload[field.key] ?? null) : null]),
  );
}
