/** Errors of calculations. */
import { RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';

export const NOT_FINITE = { 'not-finite': 'The result is larger than a number can be.' } as const;
export const DIVISION_BY_ZERO = { 'division-by-zero': 'The divisor is 0.' } as const;
export const OUT_OF_DOMAIN = { 'out-of-domain': 'The calculation is not defined for the number given.' } as const;

/**
 * The result itself, 0 for a negative zero.
 *
 * @throws RunError `not-finite`.
 */
export function finite(result: number): number {
  // Adding 0 turns -0 into 0 and changes nothing else.
  if (Number.isFinite(result)) return result + 0;
  throw new RunError<CardsCode>('not-finite', 'The result is larger than a number can be.', {
    hint: 'Numbers go up to about 1.8e308.',
  });
}

export function divisionByZero(field: string): RunError {
  return new RunError<CardsCode>('division-by-zero', 'A number cannot be divided by 0.', {
    at: { field },
    hint: 'Test the divisor before, with If/Else for instance.',
  });
}

export function outOfDomain(message: string, hint: string, field?: string): RunError {
  return new RunError<CardsCode>('out-of-domain', message, { hint, ...(field === undefined ? {} : { at: { field } }) });
}
