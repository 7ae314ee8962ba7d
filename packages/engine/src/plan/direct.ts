/** An input whose value mostly lies in a slot as it is wanted. */
import type { TypeRef, Value } from '../values/index.js';

/** What a slot holds, or `fill` if that is null; where `held` is a type and it is of another, what `read` makes of it. */
export interface Direct {
  readonly slot: number;
  readonly fill: Value;
  readonly held: HeldType;
}

/** Null: whatever there is. Else values of this type, numbers only if they are finite: the others are to be converted. */
export type HeldType = 'number' | 'string' | null;

/** Which values a field takes as they are. Null: they have to be looked at. */
export function heldTypeOf({ type, list }: TypeRef): HeldType {
  if (list) return null;
  return type === 'number' ? 'number' : type === 'text' ? 'string' : null;
}

/** A value that such an input takes as it is. Numbers that are not finite are no values. */
export function isOfType(value: Value, held: HeldType): boolean {
  // Cheaper than to compare names of types, and than `Number.isFinite`.
  if (typeof value === 'number') return held === 'number' && value - value === 0;
  return typeof value === 'string' && held === 'string';
}
