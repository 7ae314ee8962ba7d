/** Reads a moment from the command line. */
import { UsageError } from '../errors.js';

/** A day, which begins at midnight UTC, or a moment with its zone (RFC 3339). */
const WRITTEN = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/** Undefined when nothing was given. @throws UsageError `moment-option` */
export function readMoment(option: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const [, day] = WRITTEN.exec(text) ?? [];
  const moment = new Date(text);
  if (day !== undefined && isDay(day) && !Number.isNaN(moment.getTime())) return moment;
  throw new UsageError('moment-option', `--${option} ${JSON.stringify(text)} is not a date.`, {
    hint: `Write a day, or a moment with its zone: --${option} 2030-01-31, --${option} 2030-01-31T08:00:00Z`,
  });
}

/** A date of JavaScript takes the 30th of February for a day of March. */
function isDay(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
