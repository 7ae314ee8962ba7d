/** What counts as true, for And, Or, Not and the verdicts of Filter Custom. */
import type { Value } from './types.js';

/**
 * False for null, false, 0, the text `false` in any case, empty text (which counts as null, as it does in the
 * conversion to `boolean`) and the instant 1970-01-01T00:00:00Z (a date counts as its milliseconds); true for all else.
 */
export function truthy(value: Value | undefined): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return value !== 0;
    case 'string':
      return value !== '' && (value.length !== 5 || value.toLowerCase() !== 'false');
    default:
      if (value === null || value === undefined) return false;
      return !(value instanceof Date) || value.getTime() !== 0;
  }
}
