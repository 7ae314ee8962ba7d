/** The library of calendars, zones and format codes, and how it takes its formats apart. */
import type { LongDateFormatKey } from 'moment-timezone';
import { lazily } from '../shared/eventually.js';

/** Loaded when first needed: it brings the zones of the whole world. */
export const moments = lazily(async () => (await import('moment-timezone')).default);

export type Moments = Awaited<ReturnType<typeof moments>>;

/** A code that prints or reads something, or text that stands for itself. */
export type FormatPiece = { readonly code: string } | { readonly literal: string };

/** Abbreviations of whole formats. They are spelled out before anything else is looked at. */
const LONG = /(\[[^[]*\])|(\\)?(LTS|LT|LL?L?L?|l{1,4})/g;

/** Longer codes stand before their beginnings. Unlike in the library, a line break is kept, too. */
const PIECES =
  /\[[^[]*\]|\\e|\\?(?:eHHmm|[Hh]mm(?:ss)?|Mo|MM?M?M?|Do|DDDo|DD?D?D?|ddd?d?|do?|w[o|w]?|W[o|W]?|Qo?|N{1,5}|YYYYYY|YYYYY|YYYY|YY|y{2,4}|yo?|gg(?:ggg?)?|GG(?:GGG?)?|e|E|a|A|hh?|HH?|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?|.)/gs;

const CODE =
  /^(?:eHHmm|[Hh]mm(?:ss)?|M{1,4}|Mo|D{1,4}|Do|DDDo|d{1,4}|do|ww?|wo|WW?|Wo|Qo?|N{1,5}|Y|YY|Y{4,6}|y{1,4}|yo|gg|g{4,5}|GG|G{4,5}|e|E|a|A|hh?|HH?|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?)$/;

/**
 * The pieces of a format, as the library finds them. It is asked for one code at a time, because it keeps in memory every
 * format that it has ever seen.
 */
export function formatPieces(moments: Moments, format: string): readonly FormatPiece[] {
  const english = moments.localeData('en');
  const spelledOut = format.replace(LONG, (piece, inBrackets?: string, backslash?: string) =>
    inBrackets !== undefined || backslash !== undefined ? piece : english.longDateFormat(longFormat(piece)),
  );
  return (spelledOut.match(PIECES) ?? []).map((piece) => {
    if (CODE.test(piece)) return { code: piece };
    return { literal: piece.startsWith('[') && piece.length > 1 ? piece.slice(1, -1) : piece.replaceAll('\\', '') };
  });
}

/** What stands between the codes of the zone's name; one part when there is none. */
export function splitAtZoneName(format: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (const match of format.matchAll(PIECES)) {
    if (match[0] !== 'z' && match[0] !== 'zz') continue;
    parts.push(format.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...parts, format.slice(from)];
}

/** The pattern admits these only. */
function longFormat(code: string): LongDateFormatKey {
  // The pattern that found it has no other codes.
  return code as LongDateFormatKey;
}
