/** Spans of time as cards name them: an amount of a unit, counted from a moment. */
import { RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';

const SECOND = 1000;
const DAY_SPAN = 86_400 * SECOND;
const FIXED: Readonly<Record<string, number>> = {
  second: SECOND,
  minute: 60 * SECOND,
  hour: 3600 * SECOND,
  day: DAY_SPAN,
  week: 7 * DAY_SPAN,
};
const CALENDAR_SPANS: Readonly<Record<string, number>> = { month: 1, year: 12 };
/** The last moment that a date can hold (ECMAScript, section 21.4.1.1). */
const LAST_MOMENT = 8.64e15;

export const SPAN_UNITS: readonly string[] = [...Object.keys(FIXED), ...Object.keys(CALENDAR_SPANS)];

/**
 * The moment `amount` units after `start`, both in milliseconds since 1970-01-01T00:00:00Z. Months and years are those
 * of the calendar, in UTC: a month after January 31 is the last day of February.
 *
 * @throws RunError `unknown-unit`, `invalid-delay` when the moment lies outside of what a date can hold.
 */
export function momentAfter(start: number, amount: number, unit: string): number {
  const moment = Object.hasOwn(FIXED, unit) ? start + amount * (FIXED[unit] ?? 0) : spanOfMonths(start, amount, unit);
  if (!(Math.abs(moment) <= LAST_MOMENT)) {
    throw new RunError<CardsCode>('invalid-delay', `${amount} ${unit} from now is not a moment that a date can hold.`, {
      at: { field: 'delay' },
      hint: 'Give a shorter delay.',
    });
  }
  return moment;
}

function spanOfMonths(start: number, amount: number, unit: string): number {
  if (!Object.hasOwn(CALENDAR_SPANS, unit)) {
    throw new RunError<CardsCode>('unknown-unit', `"${unit}" is not a unit of time.`, {
      at: { field: 'unit' },
      hint: `Units: ${SPAN_UNITS.join(', ')}.`,
    });
  }
  const months = amount * (CALENDAR_SPANS[unit] ?? 1);
  const whole = Math.trunc(months);
  const from = new Date(start);
  const to = new Date(start);
  to.setUTCMonth(from.getUTCMonth() + whole);
  if (to.getUTCDate() !== from.getUTCDate()) to.setUTCDate(0);
  return to.getTime() + (months - whole) * 30 * DAY_SPAN;
}
