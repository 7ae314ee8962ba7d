/** Reading dates from text. Text without a zone is UTC; numeric dates are in US order, month first. */

/** Longer text is no date. Bounds the work of the patterns. */
const MAX_DATE_LENGTH = 100;

/** What `toISOString` prints. All engines read it alike (ECMAScript, date time string format), and fast. */
const CANONICAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const TIME = String.raw`(?<h>\d{1,2}):(?<mi>\d\d)(?::(?<s>\d\d)(?:[.,](?<f>\d{1,9}))?)?(?: ?(?<half>[AP]M))?`;
const DATE_ZONE = String.raw`(?: ?(?<z>Z|[A-Z]{2,3}|(?:UTC|GMT)?[+-]\d\d(?::?\d\d)?))?`;
const AFTER = `(?:,? (?:at )?${TIME}${DATE_ZONE})?`;
const WEEKDAY = '(?:(?:Mon|Tue(?:s)?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?';

/** Tried in order: ISO 8601 (with separators, then without), RFC 2822, and what people write. */
const DATE_PATTERNS: readonly RegExp[] = [
  String.raw`(?<y>\d{4}|[+-]\d{6})(?:-(?<mo>\d\d)(?:-(?<d>\d\d)(?:[T ]${TIME}${DATE_ZONE})?)?)?`,
  String.raw`(?<y>\d{4})(?<mo>\d\d)(?<d>\d\d)(?:T(?<h>\d\d)(?<mi>\d\d)(?:(?<s>\d\d)(?:[.,](?<f>\d{1,9}))?)?${DATE_ZONE})?`,
  String.raw`${WEEKDAY}(?<d>\d{1,2})[ -](?<name>[A-Z]{3,9})\.?[ -](?<y>\d{4}|\d\d)${AFTER}`,
  String.raw`${WEEKDAY}(?<name>[A-Z]{3,9})\.? (?<d>\d{1,2})(?:st|nd|rd|th)?,? (?<y>\d{4})${AFTER}`,
  String.raw`(?<mo>\d{1,2})(?<sep>[/-])(?<d>\d{1,2})\k<sep>(?<y>\d{4}|\d\d)${AFTER}`,
  String.raw`(?<y>\d{4})(?<sep>[/-])(?<mo>\d{1,2})\k<sep>(?<d>\d{1,2})${AFTER}`,
].map((source) => new RegExp(`^${source}$`, 'i'));

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

/** Minutes east of Greenwich (RFC 2822, section 4.3). */
const ZONES: ReadonlyMap<string, number> = new Map([
  ['Z', 0],
  ['UT', 0],
  ['UTC', 0],
  ['GMT', 0],
  ['EST', -300],
  ['EDT', -240],
  ['CST', -360],
  ['CDT', -300],
  ['MST', -420],
  ['MDT', -360],
  ['PST', -480],
  ['PDT', -420],
]);

/**
 * Reads a date: ISO 8601, RFC 2822, or a common written form such as `9/7/2016`, `9/7/2016 3:04 PM`, `Sep 7, 2016`.
 * The answer depends on the text alone, never on the machine's time zone or language. A weekday is not checked.
 *
 * @returns Null when the text is no date, or names a day or time that does not exist.
 * @example
 * parseDate('9/7/2016')?.toISOString(); // '2016-09-07T00:00:00.000Z'
 */
export function parseDate(text: string): Date | null {
  if (text.length > MAX_DATE_LENGTH) return null;
  if (CANONICAL.test(text)) {
    const date = new Date(text);
    // Some engines move February 30 to March, and 24:00 is the next day: what changes the day goes the long way.
    if (date.getUTCDate() === Number(text.slice(8, 10))) return date;
  }
  // Mail and JavaScript append the zone's name in parentheses.
  const line = text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/ \([^()]*\)$/, '');
  for (const pattern of DATE_PATTERNS) {
    const groups = pattern.exec(line)?.groups;
    if (groups) return build(groups);
  }
  return null;
}

type Groups = Readonly<Record<string, string | undefined>>;

function build(groups: Groups): Date | null {
  const year = yearOf(groups.y ?? '');
  const month = groups.name === undefined ? Number(groups.mo ?? 1) : monthOf(groups.name);
  const day = Number(groups.d ?? 1);
  const time = timeOf(groups);
  const offset = offsetOf(groups.z);
  if (time === null || offset === null || month < 1 || month > 12 || day < 1) return null;
  const date = new Date(0);
  // Not Date.UTC: it moves the years 0 to 99 to 1900.
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1) return null;
  date.setTime(date.getTime() + time - offset * 60_000);
  return Number.isNaN(date.getTime()) ? null : date;
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

/** Minutes; null for an unknown zone. */
function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return 0;
  const named = ZONES.get(zone.toUpperCase());
  if (named !== undefined) return named;
  const match = /([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (!match) return null;
  const [, sign, hours, minutes = '0'] = match;
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}
