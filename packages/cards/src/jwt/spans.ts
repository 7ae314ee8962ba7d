/** Spans of time as people write them: 60, "10 minutes", "7d". */
import type { Value } from '@flowdeck/engine';
import { fault } from './faults.js';

const SPAN = /^([+-]?(?:\d+(?:\.\d+)?|\.\d+)) *([a-z]*)$/i;
const LONGEST_SPAN = 100;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const JWT_DAY = 24 * HOUR;
/** Milliseconds by the names of units. */
const JWT_UNITS: ReadonlyMap<string, number> = new Map(
  (
    [
      [1, ['', 'ms', 'msec', 'msecs', 'millisecond', 'milliseconds']],
      [1000, ['s', 'sec', 'secs', 'second', 'seconds']],
      [MINUTE, ['m', 'min', 'mins', 'minute', 'minutes']],
      [HOUR, ['h', 'hr', 'hrs', 'hour', 'hours']],
      [JWT_DAY, ['d', 'day', 'days']],
      [7 * JWT_DAY, ['w', 'week', 'weeks']],
      [365.25 * JWT_DAY, ['y', 'yr', 'yrs', 'year', 'years']],
    ] as const
  ).flatMap(([length, names]) => names.map((name) => [name, length] as const)),
);

/**
 * Seconds since 1970, a span after `from`. A number is seconds, text a span with its unit; text of digits alone is
 * milliseconds.
 *
 * @throws RunError `invalid-span`.
 */
export function timeAfter(from: number, span: Value, field: string): number {
  if (typeof span === 'number' && Number.isSafeInteger(span)) return from + span;
  if (typeof span === 'string' && span.length <= LONGEST_SPAN) {
    const [, amount = '', unit = ''] = SPAN.exec(span.trim()) ?? [];
    const length = JWT_UNITS.get(unit.toLowerCase());
    const time = Math.floor(from + (Number(amount) * (length ?? Number.NaN)) / 1000);
    if (amount !== '' && Number.isSafeInteger(time)) return time;
  }
  throw fault(
    'invalid-span',
    'The time is no span.',
    'Give a whole number of seconds, or text such as "10 minutes" or "7d".',
    field,
  );
}
