/** Rounding to decimal places as a person does it: on the digits that are shown, not on the binary fraction behind them. */
import { outOfDomain } from './faults.js';

const MOST_PLACES = 100;

/**
 * Moves the decimal point to the right by `places`, exactly: `1.005` by 2 is 100.5, where a multiplication would give
 * 100.49999999999999.
 */
export function shift(value: number, places: number): number {
  const [digits, exponent = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}

/** Rounds to a number of decimal places; a half goes up, towards positive infinity. */
export function roundTo(value: number, places: number): number {
  const shifted = shift(value, places);
  // So large a number has no digits to round.
  if (!Number.isFinite(shifted) || Math.abs(shifted) >= Number.MAX_SAFE_INTEGER) return value;
  return shift(Math.round(shifted), -places);
}

/** @throws RunError `out-of-domain` when a number of decimal places is not an integer from 0 to 100. */
export function checkPlaces(places: number): number {
  if (Number.isInteger(places) && places >= 0 && places <= MOST_PLACES) return places;
  throw outOfDomain(
    'A number of decimal places is an integer from 0 to 100.',
    'Give an integer such as 2.',
    'decimals',
  );
}
