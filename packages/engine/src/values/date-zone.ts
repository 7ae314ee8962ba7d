/** Zones that say by themselves how far from Greenwich they are. */

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

/** With one digit for the hour, a colon has to follow: `+530` may be five hours or 53. */
const OFFSET = /^(?:UTC|GMT)?([+-])(?:(\d\d)(?::?(\d\d))?|(\d)(?::(\d\d))?)$/i;

/**
 * Minutes east of Greenwich of `+02:00`, `-0530`, `GMT+2`, `UTC`, `Z` and the names of RFC 2822 such as `EST`; null for
 * any other text.
 *
 * @example
 * offsetOf('UTC+5:30'); // 330
 */
export function offsetOf(zone: string): number | null {
  const named = ZONES.get(zone.toUpperCase());
  if (named !== undefined) return named;
  const match = OFFSET.exec(zone);
  if (!match) return null;
  const hours = Number(match[2] ?? match[4]);
  const minutes = Number(match[3] ?? match[5] ?? 0);
  if (hours > 23 || minutes > 59) return null;
  // Not -0, which deep comparisons tell from 0.
  return match[1] === '-' ? 0 - (hours * 60 + minutes) : hours * 60 + minutes;
}

/** The names of three letters in the IANA database. */
const THREE_LETTERS = /^(?:CET|EET|MET|WET|EST|MST|HST|GMT|UTC|UCT|PRC|ROC|ROK)$/i;

/**
 * Whether the platform knows a time zone of this name: of the IANA database, in any case, or an offset such as `+05:30`.
 * Of old, platforms also know abbreviations, each for one of its meanings: to them `BST` is Bangladesh and `ART` Cairo.
 * These are none.
 */
export function isTimeZone(name: string): boolean {
  if (/^[A-Z]{3}$/i.test(name) && !THREE_LETTERS.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}
