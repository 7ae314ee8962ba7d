/** Moments, days and months, as matchers compare them. */

/** A day or a month without a zone is that of UTC. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;
const WHOLE_DAY = /^\d{4}-\d\d-\d\d$/;
const MONTH = /^\d{4}-\d\d$/;

/** Milliseconds since 1970: from, and to (not included). */
type Span = readonly [from: number, to: number];

/** What a text means by a date: a moment, a day, or a month. Null when it is none. */
export function spanOf(written: unknown): Span | null {
  if (typeof written !== 'string') return null;
  const from = Date.parse(written);
  if (Number.isNaN(from)) return null;
  if (MOMENT.test(written)) return [from, from + 1];
  const end = new Date(from);
  if (WHOLE_DAY.test(written)) end.setUTCDate(end.getUTCDate() + 1);
  else if (MONTH.test(written)) end.setUTCMonth(end.getUTCMonth() + 1);
  else return null;
  return [from, end.getTime()];
}

/** The moment that a date, or a text, stands for; a day begins at midnight UTC. */
export function instantOf(value: unknown): number | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.getTime();
  return spanOf(value)?.[0] ?? null;
}

/** Whether a value is the moment that is written, or lies within the day or the month. */
export function isWithin(value: unknown, written: unknown): boolean {
  const [moment, span] = [instantOf(value), spanOf(written)];
  return moment !== null && span !== null && moment >= span[0] && moment < span[1];
}
