/** Text as an instant: with format codes, or in a form that needs none. */
import { RunError } from '@flowdeck/engine';
import { parseDate, parseWrittenDate } from '@flowdeck/engine/kit';
import type { CardsCode } from '../codes.js';
import { checkFormat } from './format.js';
import { formatPieces, type Moments, splitAtZoneName } from './moments.js';
import { instantOf, wallAt, type Zone, zoneAbbreviated, zoneNamed } from './zones.js';

/** Characters of a text that may hold a date. */
const LONGEST_DATE = 1000;

export const READ_ERRORS = {
  'date-parse': 'The text holds no date, or none in the given format.',
} as const;

export const ZONE_ERRORS = {
  'date-zone': 'The time zone is not known.',
} as const;

/**
 * Reads ISO 8601, RFC 2822 and common written forms.
 *
 * @throws RunError `date-parse`.
 */
export function readDate(text: string, field: string): Date {
  const date = parseDate(text);
  if (date === null)
    throw unreadableDate(field, 'Give ISO 8601 text such as 2024-05-01T09:00:00Z, or name the format.');
  return date;
}

/**
 * Reads ISO 8601, RFC 2822 and common written forms; a text without offset shows the clock of `zone`.
 *
 * @throws RunError `date-parse` or `date-zone`.
 */
export function readDateIn(moments: Moments, text: string, zone: string): Date {
  const around = zoneOrThrow(moments, zone);
  const written = parseWrittenDate(text);
  if (written?.offset !== null) return readDate(text, 'text');
  return dateAt(instantOf(written.wall, around));
}

/** Where and when a text is read. */
export interface Surroundings {
  /** Of texts that carry neither an offset nor the name of a zone; blank is UTC. */
  readonly zone: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Reads text by format codes, forgivingly: separators need not agree, and what follows is ignored. Parts that the format
 * does not name are those of today, and from the first smaller one on the first there is.
 *
 * @throws RunError `date-parse`, `date-format` or `date-zone`.
 */
export function readFormatted(moments: Moments, text: string, format: string, { zone, now }: Surroundings): Date {
  checkFormat(format);
  if (text.length > LONGEST_DATE) throw unreadableDate('text', 'Give the text of the date alone.');
  const around = zoneOrThrow(moments, zone);
  const named = takeZoneName(moments, text, splitAtZoneName(format));
  const today = new Date(wallAt(now, around)).toISOString();
  const whole = withToday(moments, named, today);
  const wall = wallOf(moments, whole);
  if (carriesOffset(moments, whole, wall)) return dateAt(wall);
  const meant = named.zone === null ? around : zoneAbbreviated(moments, named.zone, wall, around);
  if (meant === null) throw unreadableDate('text', UNKNOWN_ABBREVIATION);
  return dateAt(instantOf(wall, meant));
}

const UNKNOWN_ABBREVIATION =
  'Write the zone as an offset such as +02:00, as UTC or as a region such as Europe/Paris, or name the region in "zone": abbreviations mean several things.';

interface Formatted {
  readonly text: string;
  readonly format: string;
}

/** The library would take missing parts from the machine's clock: they are written in front of the text instead. */
function withToday(moments: Moments, { text, format }: Formatted, today: string): Formatted {
  // Without a format the library would guess.
  if (format.trim() === '') throw unreadableDate('format', 'Give codes of a date or a time, such as YYYY-MM-DD.');
  const { empty, meridiem, parsedDateParts } = moments.utc(text, format, 'en').parsingFlags();
  if (empty || (meridiem && parsedDateParts.length === 0))
    throw unreadableDate('text', 'Give a text that follows the format.');
  const prefix = missingParts(parsedDateParts, codesOf(moments, format));
  if (prefix === '') return { text, format };
  return { text: `${today.slice(0, prefix.length)} ${text}`, format: `${prefix} ${format}` };
}

/** Milliseconds of an offset's instant, else of calendar and clock as if they were those of UTC. */
function wallOf(moments: Moments, { text, format }: Formatted): number {
  const read = moments.utc(text, format, 'en');
  if (!read.isValid()) throw unreadableDate('text', 'Give a text that follows the format.');
  return read.valueOf();
}

/** Read in two zones, a text with an offset is the same instant. */
function carriesOffset(moments: Moments, { text, format }: Formatted, inUtc: number): boolean {
  const codes = codesOf(moments, format);
  if (codes.some((code) => INSTANTS.has(code))) return true;
  if (!codes.some((code) => code === 'Z' || code === 'ZZ')) return false;
  return moments.tz(text, format, 'en', 'Etc/GMT+1').valueOf() === inUtc;
}

/** Codes of a whole instant. */
const INSTANTS: ReadonlySet<string> = new Set(['X', 'x']);
/** Codes of a year of weeks, beside which no other year is missing. */
const WEEK_YEARS: ReadonlySet<string> = new Set(['gg', 'gggg', 'ggggg', 'GG', 'GGGG', 'GGGGG']);

function missingParts(parts: readonly (number | undefined)[], codes: readonly string[]): string {
  const [year, month, day] = parts;
  if (year !== undefined || codes.some((code) => INSTANTS.has(code) || WEEK_YEARS.has(code))) return '';
  if (month !== undefined) return 'YYYY';
  return day === undefined ? 'YYYY-MM-DD' : 'YYYY-MM';
}

function codesOf(moments: Moments, format: string): readonly string[] {
  return formatPieces(moments, format).flatMap((piece) => ('code' in piece ? [piece.code] : []));
}

/** The name of a zone is no part of a date that the library reads: it is taken out of the text beforehand. */
const ZONE_NAME =
  /^[\s,(]*(Coordinated Universal Time|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d\d)?|[A-Z][A-Z0-9_+-]*(?:\/[A-Z0-9_+-]+)*)\)?/i;
const END = '\u0000';

interface WithoutZoneName extends Formatted {
  /** Null when the text names none. */
  readonly zone: string | null;
}

function takeZoneName(moments: Moments, text: string, parts: readonly string[]): WithoutZoneName {
  const format = parts.join('');
  if (parts.length === 1) return { text, format, zone: null };
  const rest = restAfter(moments, text, parts[0] ?? '');
  const [whole = '', zone = null] = ZONE_NAME.exec(rest) ?? [];
  const head = text.slice(0, text.length - rest.length);
  return { text: `${head} ${rest.slice(whole.length)}`, format, zone };
}

/** What is left of a text behind that which a format reads. */
function restAfter(moments: Moments, text: string, format: string): string {
  if (format.trim() === '') return text;
  // With a mark at its end, so that something is always left, and the last of what is.
  const { unusedInput } = moments.utc(text + END, format, 'en').parsingFlags();
  return unusedInput.at(-1)?.slice(0, -END.length) ?? '';
}

function zoneOrThrow(moments: Moments, name: string): Zone {
  const zone = zoneNamed(moments, name);
  if (zone !== null) return zone;
  throw new RunError<CardsCode>('date-zone', 'There is no such time zone.', {
    at: { field: 'zone' },
    hint: 'Give an IANA name such as Europe/Paris, or an offset such as +02:00.',
  });
}

function dateAt(instant: number): Date {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) throw unreadableDate('text', 'Give a date that lies nearer.');
  return date;
}

function unreadableDate(field: string, hint: string): RunError {
  // Without the text: it may be secret.
  return new RunError<CardsCode>('date-parse', 'The text is no date that can be read.', { at: { field }, hint });
}
