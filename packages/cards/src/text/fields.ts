/** Fields that the text cards share. */
import type { Field } from '@flowdeck/engine';

export const TEXT = {
  key: 'text',
  type: 'text',
  label: 'text',
  description: 'The text. Null is an empty one.',
  required: true,
} as const satisfies Field;

export const TEXT_OUTPUT = {
  key: 'output',
  type: 'text',
  label: 'output',
  description: 'The new text.',
} as const satisfies Field;

export const LOOK_IN = {
  key: 'look in',
  type: 'text',
  label: 'look in',
  description: 'The text to search. Null is an empty one.',
  required: true,
} as const satisfies Field;

/** Text that is looked for as it is. */
export const LOOK_FOR = {
  key: 'look for',
  type: 'text',
  label: 'look for',
  description: 'The text to find, as it is. Null is an empty one.',
  required: true,
} as const satisfies Field;

/** A pattern to look for. */
export const PATTERN = {
  key: 'look for',
  type: 'text',
  label: 'look for',
  description: 'A regular expression in JavaScript syntax, without delimiters. At most 10,000 characters.',
  required: true,
} as const satisfies Field;

export const REPLACE_WITH = {
  key: 'replace with',
  type: 'text',
  label: 'replace with',
  description: 'Null deletes what is found. $& is what was found, $1 its first group, $$ a dollar sign.',
  required: true,
} as const satisfies Field;

export const CASE_SENSITIVE = {
  key: 'case sensitive',
  type: 'boolean',
  label: 'case sensitive',
  description: 'Whether capital and small letters differ.',
  required: true,
  default: true,
} as const satisfies Field;

export const POSITION = {
  key: 'position',
  type: 'number',
  label: 'position',
  description: 'Position of the first character found, from 0; -1 when there is none.',
} as const satisfies Field;
