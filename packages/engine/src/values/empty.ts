/** Empty values: what a type holds when nothing was given, and what counts as empty. */
import { isPlainObject } from './object.js';
import type { TypeRef, Value, ValueObject } from './types.js';

/** The empty list, shared and frozen. */
export const EMPTY_LIST: readonly Value[] = Object.freeze([]);
/** The empty object, shared and frozen. */
export const EMPTY_OBJECT: ValueObject = Object.freeze({});

/**
 * The empty value of a type, as a helper flow gets it when its caller gives nothing: `""`, 0, false, `{}`, `[]` for any
 * list, and null for `date`, `file`, `flow` and `any`. Lists and objects are shared frozen constants.
 */
export function emptyValue(type: TypeRef): Value {
  if (type.list) return EMPTY_LIST;
  switch (type.type) {
    case 'text':
      return '';
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'object':
      return EMPTY_OBJECT;
    default:
      return null;
  }
}

/** True for null, `""`, `[]` and `{}`. Blank text, 0, false, dates and files are not empty. */
export function isEmpty(value: Value | undefined): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.length === 0;
  if (!isPlainObject(value)) return false;
  for (const key in value) if (Object.hasOwn(value, key)) return false;
  return true;
}
