/** Types of values that are taken as a slot holds them. */
import type { TypeRef, Value } from '../values/index.js';

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
