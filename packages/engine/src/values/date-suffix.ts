/** What stands in brackets behind an instant: its place, and how to show it (RFC 9557). */
import { offsetOf } from './date-zone.js';

const ZONE = String.raw`[A-Za-z._][A-Za-z._0-9+-]*(?:/[A-Za-z._][A-Za-z._0-9+-]*)*|[+-]\d\d:\d\d`;
const TAG = `[a-z_][a-z_0-9-]*=[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*`;
const SUFFIX = new RegExp(String.raw`^(?:\[(?<critical>!?)(?<zone>${ZONE})\])?(?<tags>(?:\[!?${TAG}\])*)$`);
/** The calendar in which dates are read here. Another one is how the writer shows the date, unless it is critical. */
const CRITICAL_TAG = /\[!(?!u-ca=(?:iso8601|gregory)\])/;

/**
 * False when the brackets are not well-formed, or one that is marked as critical (`!`) is not understood or
 * contradicts the time.
 *
 * @param wall Calendar and clock of the text, in milliseconds since 1970 as if they were those of UTC.
 * @param offset Minutes east of Greenwich; null for `Z`, which says nothing of the place.
 */
export function holdsBracketed(suffix: string, wall: number, offset: number | null): boolean {
  const groups = SUFFIX.exec(suffix)?.groups;
  if (groups === undefined || CRITICAL_TAG.test(groups.tags ?? '')) return false;
  if (groups.critical !== '!' || groups.zone === undefined) return true;
  const there = offsetIn(groups.zone, wall - (offset ?? 0) * 60_000);
  return there !== null && (offset === null || there === offset);
}

/** Minutes east of Greenwich at an instant; null for an unknown zone. */
function offsetIn(zone: string, instant: number): number | null {
  if (/^[+-]/.test(zone)) return offsetOf(zone);
  try {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
    }).formatToParts(instant);
    const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
    const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    return Math.round((wall - Math.floor(instant / 1000) * 1000) / 60_000);
  } catch {
    return null;
  }
}
