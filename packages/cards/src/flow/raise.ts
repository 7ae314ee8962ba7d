/** The error that an author raises. */
import { RunError, type Value } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';

export const RAISED_ERRORS = { 'returned-error': 'Always: the error that the author asked for.' } as const;

/** A `catch` block sees the status as `code` too, and the author's own fields (control flow, section 2.10). */
export function returnedError(
  message: string,
  status: number | null,
  extra: { readonly [key: string]: Value },
): RunError {
  return new RunError<CardsCode>('returned-error', message, { statusCode: status, extra });
}
