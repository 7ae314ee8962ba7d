/** Reading dates from text. Text without a zone is UTC; numeric dates are in US order, month first. */
import { holdsBracketed } from './date-suffix.js';
import { offsetOf } from './date-zone.js';

/** Longer text is no date. Bounds the work of the patterns. */
const MAX_DATE_LENGTH = 100;

/** What `toISOString` prints. All engines read it alike (ECMAScript, date time string format), and fast. */
const CANONICAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const FRACTION = String.raw`(?:[.,](?<f>\d{1,9}))?`;
const CLOCK = String.raw`(?<h>\d{1,2})(?::(?<mi>\d\d)(?::(?<s>\d\d)${FRACTION})?)?(?: ?(?<half>[AP]M))?`;
/** An hour alone would be any number: it needs a half of the day. */
const TIME = String.raw`(?=\d{1,2}(?::| ?[AP]M))${CLOCK}`;
/** An hour of two digits stands for itself (ISO 8601, 5.3.1.3). */
const ISO_TIME = String.raw`(?=\d\d|\d(?::| ?[AP]M))${CLOCK}`;
const DATE_ZONE = String.raw`(?: ?(?<z>Z|[A-Z]{2,3}|(?:UTC|GMT)?[+-]\d\d(?::?\d\d)?|(?:UTC|GMT)[+-]\d(?::\d\d)?))?`;
const AFTER = `(?:,? (?:at )?${TIME}${DATE_ZONE})?`;
const WEEKDAY = '(?:(?:Mon|Tue(?:s)?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?';
const YEAR = String.raw`(?<y>\d{4}|[+-]\d{6})`;

/** ISO 8601: a year, month or week; a day with separators and without, as day of the month, of the year or of a week. */
const ISO_PATTERNS = patterns([
  String.raw`${YEAR}(?:-(?<mo>\d\d)|-?W(?<w>\d\d))?`,
  String.raw`${YEAR}-(?:(?<mo>\d\d)-(?<d>\d\d)|(?<n>\d{3})|W(?<w>\d\d)-(?<wd>\d))(?:[T ]${ISO_TIME}${DATE_ZONE})?`,
  String.raw`${YEAR}(?:(?<mo>\d\d)(?<d>\d\d)|(?<n>\d{3})|W(?<w>\d\d)(?<wd>\d))(?:[T ](?<h>\d\d)(?:(?<mi>\d\d)(?:(?<s>\d\d)${FRACTION})?)?${DATE_ZONE})?`,
]);

/** RFC 2822 and RFC 9110, 5.6.7 (asctime, too), and what people write. Tried in order. */
const WRITTEN_PATTERNS = patterns([
  String.raw`${WEEKDAY}(?<d>\d{1,2})[ -](?<name>[A-Z]{3,9})\.?[ -](?<y>\d{4}|\d\d)${AFTER}`,
  String.raw`${WEEKDAY}(?<name>[A-Z]{3,9})\.? (?<d>\d{1,2})(?:st|nd|rd|th)?,? (?<y>\d{4})${AFTER}`,
  String.raw`${WEEKDAY}(?<name>[A-Z]{3,9}) (?<d>\d{1,2}) ${TIME}${DATE_ZONE} (?<y>\d{4})`,
  String.raw`(?<mo>\d{1,2})(?<sep>[/-])(?<d>\d{1,2})\k<sep>(?<y>\d{4}|\d\d)${AFTER}`,
  String.raw`(?<y>\d{4})(?<sep>[/-])(?<mo>\d{1,2})\k<sep>(?<d>\d{1,2})${AFTER}`,
]);

function patterns(sources: readonly string[]): readonly RegExp[] {
  return sources.map((source) => new RegExp(`^${source}$`, 'i'));
}

const MONTHS: readonly string[] = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** A date as it stands in a text. */
export interface WrittenDate {
  /** What calendar and clock show, in milliseconds since 1970 as if they were those of UTC. */
  readonly wall: number;
  /** Minutes east of Greenwich; null when the text names no zone. */
  readonly offset: number | null;
}

/**
 * Reads a date: ISO 8601, RFC 2822, or a common written form such as `9/7/2016`, `9/7/2016 3:04 PM`, `Sep 7, 2016`.
 * The answer depends on the text alone, never on the machine's time zone or language. A weekday is not checked.
 *
 * @returns Null when the text is no date, or names a day or time that does not exist.
 * @example
 * parseDate('9/7/2016')?.toISOString(); // '2016-09-07T00:00:00.000Z'
 */
export function parseDate(text: string): Date | null {
  if (CANONICAL.test(text)) {
    const date = new Date(text);
    // Some engines move February 30 to March, and 24:00 is the next day: what changes the day goes the long way.
    if (date.getUTCDate() === Number(text.slice(8, 10))) return date;
  }
  const written = parseWrittenDate(text);
  if (written === null) return null;
  const date = new Date(written.wall - (written.offset ?? 0) * 60_000);
  return Number.isNaN(date.getTime()) ? null : date;
}

/**
 * Reads a date like {@link parseDate}, for those who know in which zone a text without one was written.
 *
 * @returns Null when the text is no date, or names a day, time or zone that does not exist.
 * @example
 * parseWrittenDate('1970-01-01 10:00'); // { wall: 36_000_000, offset: null }
 * parseWrittenDate('1970-01-01 10:00 EST'); // { wall: 36_000_000, offset: -300 }
 */
export function parseWrittenDate(text: string): WrittenDate | null {
  if (text.length > MAX_DATE_LENGTH) return null;
  // Mail and JavaScript append the zone's name in parentheses.
  const line = text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/ \([^()]*\)$/, '');
  const bracket = line.indexOf('[');
  if (bracket >= 0) return withSuffix(line.slice(0, bracket), line.slice(bracket));
  const groups = firstMatch(ISO_PATTERNS, line) ?? firstMatch(WRITTEN_PATTERNS, line);
  return groups === null ? null : build(groups);
}

/** RFC 9557: the zone in brackets says where, the offset before it says when. */
function withSuffix(line: string, suffix: string): WrittenDate | null {
  const groups = firstMatch(ISO_PATTERNS, line);
  if (groups?.z === undefined) return null;
  const written = build(groups);
  const offset = groups.z.toUpperCase() === 'Z' ? null : (written?.offset ?? null);
  return written !== null && holdsBracketed(suffix, written.wall, offset) ? written : null;
}

type Groups = Readonly<Record<string, string | undefined>>;

function firstMatch(forms: readonly RegExp[], line: string): Groups | null {
  for (const form of forms) {
    const groups = form.exec(line)?.groups;
    if (groups) return groups;
  }
  return null;
}

function build(groups: Groups): WrittenDate | null {
  const day = dayOf(groups);
  const time = timeOf(groups);
  const offset = groups.z === undefined ? null : offsetOf(groups.z);
  if (day === null || time === null || (offset === null && groups.z !== undefined)) return null;
  return { wall: day + time, offset };
}

/** Milliseconds of the day's midnight; null when there is no such day. */
function dayOf({ y = '', mo = '1', name, d = '1', n, w, wd = '1' }: Groups): number | null {
  const year = yearOf(y);
  if (w !== undefined) return dayOfWeek(year, Number(w), Number(wd));
  if (n !== undefined) return dayOfYear(year, Number(n));
  const month = name === undefined ? Number(mo) : monthOf(name);
  if (month < 1 || month > 12) return null;
  const midnight = midnightOf(year, month - 1, Number(d));
  return midnight.getUTCMonth() === month - 1 && Number(d) > 0 ? midnight.getTime() : null;
}

function dayOfYear(year: number, day: number): number | null {
  const midnight = midnightOf(year, 0, day);
  return midnight.getUTCFullYear() === year ? midnight.getTime() : null;
}

/** The first week holds January 4, and weeks begin on Monday (ISO 8601, 4.3.2.2). */
function dayOfWeek(year: number, week: number, weekday: number): number | null {
  if (week < 1 || weekday < 1 || weekday > 7) return null;
  const fourth = midnightOf(year, 0, 4);
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7) + (week - 1) * 7;
  // A week belongs to the year of its Thursday.
  if (midnightOf(year, 0, monday + 3).getUTCFullYear() !== year) return null;
  return midnightOf(year, 0, monday + weekday - 1).getTime();
}

/** Not Date.UTC: it moves the years 0 to 99 to 1900. */
function midnightOf(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date;
}

/** Two digits: 00 to 49 are 2000 to 2049, 50 to 99 are 1950 to 1999 (RFC 2822, section 4.3). */
function yearOf(digits: string): number {
  const year = Number(digits);
  if (digits.length !== 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function monthOf(name: string): number {
  const lower = name.toLowerCase();
  return (
    MONTHS.findIndex(
      (month) => month === lower || month.slice(0, 3) === lower || (lower === 'sept' && month === 'september'),
    ) + 1
  );
}

/** Milliseconds since midnight; null when there is no such time. 24:00 is the end of the day (ISO 8601). */
function timeOf(groups: Groups): number | null {
  let hour = Number(groups.h ?? 0);
  const minute = Number(groups.mi ?? 0);
  const second = Number(groups.s ?? 0);
  const milli = Number((groups.f ?? '').slice(0, 3).padEnd(3, '0'));
  if (groups.half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (groups.half.toLowerCase() === 'pm' ? 12 : 0);
  }
  if (hour > 24 || minute > 59 || second > 59) return null;
  const time = ((hour * 60 + minute) * 60 + second) * 1000 + milli;
  return time > 86_400_000 ? null : time;
}
