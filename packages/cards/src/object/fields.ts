/** Fields and errors that the object cards share. */
import type { Field } from '@flowdeck/engine';

/** An object, a list, or JSON text of one. */
export const CONTAINER = {
  key: 'object',
  type: 'any',
  label: 'object',
  description: 'An object or a list; text is read as JSON.',
  required: true,
} as const satisfies Field;

export const PLACE_ERRORS = {
  'path-depth': 'The path has more than 1,000 keys.',
  conversion: 'The path is neither text nor a list of texts, or the object is text that is not JSON.',
} as const;
