/** Fields that the true/false cards share. */
import type { Field } from '@flowdeck/engine';

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
export const MORE = { type: 'boolean', description: 'Further values.' } as const;
