/** Fields that the list cards share. */
import type { Field } from '@flowdeck/engine';

export const LIST = {
  key: 'list',
  type: 'any',
  list: true,
  label: 'list',
  description: 'The items. Null is an empty list; a single value is a list of one.',
  required: true,
} as const satisfies Field;

/** What an item is compared with. */
export const COMPARED_WITH = {
  key: 'comparison',
  type: 'any',
  label: 'comparison',
  description: 'What the item, or its value at the path, is compared with.',
} as const satisfies Field;
