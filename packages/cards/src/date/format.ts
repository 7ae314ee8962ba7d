/** An instant as text by format codes, in a zone. */
import { RunError } from '@flowdeck/engine';
import type { Moment } from 'moment-timezone';
import type { CardsCode } from '../codes.js';
import { type FormatPiece, formatPieces, type Moments } from './moments.js';
import { offsetText, zoneNamed } from './zones.js';

/** Characters of a format, at most. */
const MAX_FORMAT = 1000;

/** What the format of null means: ISO 8601 without fraction, `Z` for UTC. */
const ISO = 'YYYY-MM-DDTHH:mm:ss';

/** Prints instants by one format, in one zone. */
export type DatePrinter = (moments: Moments, date: Date) => string;

/**
 * Reads a format once, for any number of instants. An empty format means ISO 8601 without fraction, an empty zone UTC.
 *
 * @throws RunError `date-format` when the format is too long.
 */
export function datePrinter(format: string | null, zone: string | null): DatePrinter {
  checkFormat(format);
  const name = zone?.trim() ?? '';
  let pieces: readonly FormatPiece[] | null = null;
  return (moments, date) => {
    const moment = inZone(moments, date, name);
    pieces ??= formatPieces(moments, format || ISO);
    const text = print(moment, pieces);
    if (format) return text;
    return text + (moment.isUtc() ? 'Z' : moment.format('Z'));
  };
}

/** Prints one instant, as `datePrinter` does. */
export function formatDate(moments: Moments, date: Date, format: string | null, zone: string | null): string {
  return datePrinter(format, zone)(moments, date);
}

/** @throws RunError `date-format`. */
export function checkFormat(format: string | null): void {
  if (format === null || format.length <= MAX_FORMAT) return;
  throw new RunError<CardsCode>(
    'date-format',
    `The format has ${format.length} characters; at most ${MAX_FORMAT} are allowed.`,
    {
      at: { field: 'format' },
      hint: 'Give format codes such as YYYY-MM-DD.',
    },
  );
}

/** An unknown zone is UTC, and prints no abbreviation, so that no wrong one appears. */
function inZone(moments: Moments, date: Date, name: string): Moment {
  const utc = moments.utc(date).locale('en');
  if (name === '') return utc;
  const zone = zoneNamed(moments, name);
  if (zone === null) return abbreviated(utc, '');
  if ('region' in zone) return moments.tz(date, zone.region.name).locale('en');
  const text = offsetText(zone.offset);
  // The library takes a number below 16 for hours, and leaves out text beyond fourteen hours.
  const offset = Math.abs(zone.offset) < 16 ? text : zone.offset;
  return abbreviated(utc.utcOffset(offset), /^[A-Z]+$/i.test(name) ? name.toUpperCase() : text);
}

function abbreviated(moment: Moment, abbreviation: string): Moment {
  return Object.assign(moment, { zoneAbbr: () => abbreviation, zoneName: () => abbreviation });
}

function print(moment: Moment, pieces: readonly FormatPiece[]): string {
  let text = '';
  for (const piece of pieces) text += 'code' in piece ? moment.format(piece.code) : piece.literal;
  return text;
}
