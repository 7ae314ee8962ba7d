/** What counts as true for the verdicts of Filter Custom and Find Custom, which may be of any type. */
import type { Value } from './types.js';

/**
 * False for null, false, 0, the text `false` in any case and the instant 1970-01-01T00:00:00Z (a date counts as its
 * milliseconds); true for all else, empty text included (control flow, section 2.1).
 */
export function truthy(value: Value | undefined): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return value !== 0;
    case 'string':
      return value.length !== 5 || value.toLowerCase() !== 'false';
    default:
      if (value === null || value === undefined) return false;
      return !(value instanceof Date) || value.getTime() !== 0;
  }
}
