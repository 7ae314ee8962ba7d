/** An instant as text by format codes, in a zone. */
import { RunError } from '@flowdeck/engine';
import { isUnsafeKey } from '@flowdeck/engine/kit';
import type { LongDateFormatKey, Moment } from 'moment-timezone';
import type { CardsCode } from '../codes.js';

/** Characters of a format, at most. */
const MAX_FORMAT = 1000;

/** Loaded when first needed: it brings the zones of the whole world. */
export async function loadMoment() {
  return (await import('moment-timezone')).default;
}
type Moments = Awaited<ReturnType<typeof loadMoment>>;

/** Abbreviations of whole formats. They are spelled out before anything else is looked at. */
const LONG = /\[[^[]*\]|(LTS|LT|L{1,4}|l{1,4})/g;

/** The codes, longer ones before their beginnings. */
const CODES = [
  ...['YYYYYY', 'YYYYY', 'YYYY', 'YY', 'Y', 'yyyy', 'yyy', 'yy', 'yo', 'y', 'NNNNN', 'NNNN', 'NNN', 'NN', 'N'],
  ...['MMMM', 'MMM', 'MM', 'Mo', 'M', 'DDDD', 'DDDo', 'DDD', 'DD', 'Do', 'D', 'dddd', 'ddd', 'dd', 'do', 'd'],
  ...['Qo', 'Q', 'ww', 'wo', 'w', 'WW', 'Wo', 'W', 'E', 'e', 'ggggg', 'gggg', 'gg', 'GGGGG', 'GGGG', 'GG'],
  ...['Hmmss', 'Hmm', 'HH', 'H', 'hmmss', 'hmm', 'hh', 'h', 'kk', 'k', 'mm', 'm', 'ss', 's', 'S{1,9}', 'A', 'a'],
  ...['ZZ', 'Z', 'zz', 'z', 'X', 'x'],
].join('|');
/** Text in brackets, or a code. */
const PIECE = new RegExp(String.raw`\[([^[]*)\]|${CODES}`, 'g');

/** What the format of null means: ISO 8601 without fraction, `Z` for UTC. */
const ISO = 'YYYY-MM-DDTHH:mm:ss';

/**
 * Prints an instant. An empty format means ISO 8601 without fraction, an empty zone UTC.
 *
 * @throws RunError `date-format` when the format is too long.
 */
export function formatDate(moments: Moments, date: Date, format: string | null, zone: string | null): string {
  checkFormat(format);
  const moment = inZone(moments, date, zone?.trim() ?? '');
  if (!format) return print(moment, ISO) + (moment.isUtc() ? 'Z' : moment.format('Z'));
  return print(moment, format);
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
function inZone(moments: Moments, date: Date, zone: string): Moment {
  const utc = moments.utc(date).locale('en');
  if (zone === '') return utc;
  const known = isUnsafeKey(zone.toLowerCase()) ? null : moments.tz.zone(zone);
  if (known) return moments.tz(date, known.name).locale('en');
  return Object.assign(utc, { zoneAbbr: () => '', zoneName: () => '' });
}

/** Codes are printed one by one, because the library keeps in memory every format that it has ever seen. */
function print(moment: Moment, format: string): string {
  const spelledOut = format.replace(LONG, (piece, code?: string) =>
    code === undefined ? piece : moment.localeData().longDateFormat(longFormat(code)),
  );
  return spelledOut.replace(PIECE, (code, literal?: string) => literal ?? moment.format(code));
}

/** The pattern admits these only. */
function longFormat(code: string): LongDateFormatKey {
  return code as LongDateFormatKey;
}
