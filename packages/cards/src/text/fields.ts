/** Fields that the text cards share. */
import type { Field } from '@flowdeck/engine';

export const TEXT = {
  key: 'text',
  type: 'text',
  label: 'text',
  description: 'The text. Null is an empty one.',
  required: true,
} as const satisfies Field;

export const OUTPUT = {
  key: 'output',
  type: 'text',
  label: 'output',
  description: 'The new text.',
} as const satisfies Field;
