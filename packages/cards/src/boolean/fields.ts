/** Fields that the true/false cards share. */
import type { Field, Value } from '@flowdeck/engine';

export const A = {
  key: 'a',
  type: 'boolean',
  label: 'a',
  description: 'Null is false.',
  required: true,
} as const satisfies Field;
export const B = {
  key: 'b',
  type: 'boolean',
  label: 'b',
  description: 'Null is false.',
  required: true,
} as const satisfies Field;
/** The first two values of a card that takes any number of them: one that is left out decides nothing. */
export const TRUE_WHEN_ABSENT = [
  { ...A, required: false, default: true },
  { ...B, required: false, default: true },
] as const satisfies readonly Field[];
export const FALSE_WHEN_ABSENT = [
  { ...A, required: false, default: false },
  { ...B, required: false, default: false },
] as const satisfies readonly Field[];
export const MORE = { type: 'boolean', description: 'Further values.' } as const;

/** Null, which an input that is given may hold, is false. */
export function isTrue(value: Value): boolean {
  return value === true;
}
