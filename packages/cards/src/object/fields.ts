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

/** An object whose keys matter. */
export const OBJECT = {
  key: 'object',
  type: 'object',
  label: 'object',
  description: 'The object. Null is an empty one.',
  required: true,
} as const satisfies Field;

/** A list of `{key, value}`: an object taken apart. */
export const PAIRS = {
  key: 'list',
  type: 'object',
  list: true,
  label: 'list',
  description: 'Objects with the properties "key" and "value", one per key.',
} as const satisfies Field;

export const OBJECT_OUTPUT = {
  key: 'output',
  type: 'object',
  label: 'output',
  description: 'The new object.',
} as const satisfies Field;

export const PLACE_ERRORS = {
  'path-depth': 'The path has more than 1,000 keys.',
  conversion: 'The path is neither text nor a list of texts, or the object is text that is not JSON.',
} as const;
