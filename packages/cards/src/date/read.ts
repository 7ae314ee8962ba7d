/** Text as an instant: with format codes, or in a form that needs none. */
import { RunError } from '@flowdeck/engine';
import { parseDate } from '@flowdeck/engine/kit';
import type { CardsCode } from '../codes.js';
import { checkFormat, type loadMoment } from './format.js';

/** Characters of a text that may hold a date. */
const MAX_TEXT = 1000;

export const READ_ERRORS = {
  'date-parse': 'The text holds no date, or none in the given format.',
} as const;

/**
 * Reads ISO 8601, RFC 2822 and common written forms.
 *
 * @throws RunError `date-parse`.
 */
export function readDate(text: string, field: string): Date {
  const date = parseDate(text);
  if (date === null) throw unreadable(field, 'Give ISO 8601 text such as 2024-05-01T09:00:00Z, or name the format.');
  return date;
}

/**
 * Reads text by format codes, forgivingly: separators need not agree, and what follows is ignored. Parts that the format
 * does not name are those of `now`, and from the first smaller one on the first there is. UTC, unless the text carries
 * an offset.
 *
 * @throws RunError `date-parse` or `date-format`.
 */
export function readFormatted(
  moments: Awaited<ReturnType<typeof loadMoment>>,
  text: string,
  format: string,
  now: number,
): Date {
  checkFormat(format);
  if (text.length > MAX_TEXT) throw unreadable('text', 'Give the text of the date alone.');
  const first = moments.utc(text, format, 'en');
  const { empty, meridiem, parsedDateParts } = first.parsingFlags();
  if (empty || (meridiem && parsedDateParts.length === 0))
    throw unreadable('text', 'Give a text that follows the format.');
  // The library would take missing parts from the machine's clock: they are written in front of the text instead.
  const prefix = missingParts(parsedDateParts, format);
  const today = new Date(now).toISOString().slice(0, 10);
  const read =
    prefix === '' ? first : moments.utc(`${today.slice(0, prefix.length)} ${text}`, `${prefix} ${format}`, 'en');
  if (!read.isValid()) throw unreadable('text', 'Give a text that follows the format.');
  return read.toDate();
}

/** Codes that say all by themselves: an instant, or a year of weeks. */
const SELF_SUFFICIENT = /[Xx]|gg|GG/;

function missingParts(parts: readonly (number | undefined)[], format: string): string {
  const [year, month, day] = parts;
  if (year !== undefined || SELF_SUFFICIENT.test(format.replace(/\[[^[\]]*\]/g, ''))) return '';
  if (month !== undefined) return 'YYYY';
  return day === undefined ? 'YYYY-MM-DD' : 'YYYY-MM';
}

function unreadable(field: string, hint: string): RunError {
  // Without the text: it may be secret.
  return new RunError<CardsCode>('date-parse', 'The text is no date that can be read.', { at: { field }, hint });
}
