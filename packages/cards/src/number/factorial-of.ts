/** The factorial, for the card and for formulas. */
import { outOfDomain } from './faults.js';

/** Above it, the factorial is larger than a number can be. */
const LARGEST = 170;

/**
 * Infinity above 170.
 *
 * @throws RunError `out-of-domain` for negative numbers and fractions.
 */
export function factorialOf(value: number): number {
  if (!Number.isInteger(value) || value < 0) {
    throw outOfDomain('Only integers from 0 on have a factorial.', 'Round the number first.');
  }
  if (value > LARGEST) return Number.POSITIVE_INFINITY;
  let product = 1;
  for (let factor = 2; factor <= value; factor++) product *= factor;
  return product;
}
