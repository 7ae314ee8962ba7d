/** The choices of a field. */
import { deepEqual } from './equal.js';
import type { Field, Value } from './types.js';

/** Whether a value of the field's type is one of its choices, for a list whether all its items are. Null always is. */
export function isChoice({ choices, list }: Pick<Field, 'choices' | 'list'>, value: Value): boolean {
  if (choices === undefined) return true;
  // Most are texts, and written as the choice is.
  if (!list && choices.includes(value)) return true;
  const items = list && Array.isArray(value) ? value : [value];
  return items.every((item) => item === null || choices.some((choice) => deepEqual(choice, item)));
}
