/** Calendar arithmetic in UTC: moving an instant by an amount, and the span between two. */
import { RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';

export const ARITHMETIC_ERRORS = {
  'unknown-unit': 'The unit is none of the known ones.',
  'date-range': 'The result lies outside of the years -271821 to 275760.',
} as const;

/** Milliseconds of the units that are equally long everywhere. */
const EXACT: ReadonlyMap<string, number> = new Map([
  ['milliseconds', 1],
  ['seconds', 1000],
  ['minutes', 60_000],
  ['hours', 3_600_000],
]);
const DAYS: ReadonlyMap<string, number> = new Map([
  ['days', 1],
  ['weeks', 7],
]);
const MONTHS_IN: ReadonlyMap<string, number> = new Map([
  ['months', 1],
  ['years', 12],
]);
/** Names of the units, from short to long. */
export const DATE_UNITS: readonly string[] = [...EXACT.keys(), ...DAYS.keys(), ...MONTHS_IN.keys()];

const DAY_LENGTH = 86_400_000;

/**
 * Moves an instant. Hours and smaller units may be fractions; days, weeks, months and years are rounded to whole days or
 * whole months, halves away from zero. A month later is the same day, or the last one of a shorter month.
 *
 * @throws RunError `unknown-unit` or `date-range`.
 * @example
 * move(new Date('2024-01-31'), 1, 'months').toISOString(); // '2024-02-29T00:00:00.000Z'
 */
export function moveInstant(date: Date, amount: number, unit: string): Date {
  const lower = unit.trim().toLowerCase();
  const name = lower.endsWith('s') ? lower : `${lower}s`;
  const moved = new Date(date);
  const exact = EXACT.get(name);
  const days = DAYS.get(name);
  const months = MONTHS_IN.get(name);
  if (exact !== undefined) moved.setTime(date.getTime() + amount * exact);
  else if (days !== undefined) moved.setTime(date.getTime() + roundAway(amount * days) * DAY_LENGTH);
  else if (months !== undefined) moved.setTime(addMonths(date, roundAway(amount * months)));
  else {
    throw new RunError<CardsCode>('unknown-unit', `There is no unit of time '${unit.slice(0, 40)}'.`, {
      at: { field: 'unit' },
      hint: `Use one of ${DATE_UNITS.join(', ')}.`,
    });
  }
  if (Number.isNaN(moved.getTime())) {
    throw new RunError<CardsCode>('date-range', 'The resulting date is out of range.', {
      hint: 'Use a smaller amount.',
    });
  }
  return moved;
}

/** Adding zero turns -0 into 0. */
function roundAway(amount: number): number {
  return Math.sign(amount) * Math.round(Math.abs(amount)) + 0;
}

/** Milliseconds since 1970, or NaN beyond the range. */
function addMonths(date: Date, months: number): number {
  const moved = new Date(date);
  const day = date.getUTCDate();
  moved.setUTCDate(1);
  moved.setUTCMonth(date.getUTCMonth() + months);
  // Day 0 of the next month is the last one of this.
  const last = new Date(moved);
  last.setUTCMonth(moved.getUTCMonth() + 1, 0);
  return moved.setUTCDate(Math.min(day, last.getUTCDate()));
}

/** Months from `start` to `end`: whole ones by the calendar, and the rest as a fraction of the month that it lies in. */
export function monthsBetween(start: Date, end: Date): number {
  // Counted from the higher day of the month, so that a whole number of months never falls off a short month.
  if (end.getUTCDate() < start.getUTCDate()) return 0 - monthsBetween(end, start);
  const years = end.getUTCFullYear() - start.getUTCFullYear();
  const whole = years * 12 + end.getUTCMonth() - start.getUTCMonth();
  const anchor = addMonths(end, -whole);
  const rest = anchor - start.getTime();
  const neighbour = addMonths(end, rest < 0 ? -whole + 1 : -whole - 1);
  return whole + rest / Math.abs(anchor - neighbour);
}
