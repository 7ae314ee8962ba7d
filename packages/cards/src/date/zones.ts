/** Time zones as flows name them, and the way from what a clock shows there to the instant. */
import { isUnsafeKey, offsetOf } from '@flowdeck/engine/kit';
import type { MomentZone } from 'moment-timezone';
import type { Moments } from './moments.js';

/** A region with its rules, or a fixed number of minutes east of Greenwich. */
export type Zone = { readonly region: MomentZone } | { readonly offset: number };

/** No zone has a name of half as many characters, and to look up a long text takes long. */
const LONGEST_NAME = 100;

/**
 * An IANA name in any case, an offset such as `+05:30` or `GMT+2`, or an abbreviation of RFC 2822 such as `PST`. Blank
 * text is UTC. Null when there is no such zone.
 */
export function zoneNamed(moments: Moments, name: string): Zone | null {
  const trimmed = name.trim();
  if (trimmed === '') return { offset: 0 };
  if (trimmed.length > LONGEST_NAME) return null;
  const region = isUnsafeKey(trimmed.toLowerCase()) ? null : moments.tz.zone(trimmed);
  if (region !== null) return { region };
  const offset = offsetOf(trimmed);
  return offset === null ? null : { offset };
}

/**
 * The instant at which calendar and clock of a zone show `wall`, in milliseconds as if they were those of UTC. An hour
 * that the clock passes over is taken for the one after it; of two that it shows twice, the first is meant.
 */
export function instantOf(wall: number, zone: Zone): number {
  return wall + ('region' in zone ? zone.region.parse(wall) : -zone.offset) * 60_000;
}

/** What calendar and clock of a zone show at an instant, in milliseconds as if they were those of UTC. */
export function wallAt(instant: number, zone: Zone): number {
  return instant + ('region' in zone ? -zone.region.utcOffset(instant) : zone.offset) * 60_000;
}

/**
 * The zone for which a name stands beside a date: an abbreviation that the region itself uses then, a region, or what
 * says by itself how far from Greenwich it is. Null for others: `CET` in summer, `IST` anywhere mean several things.
 *
 * @param wall Calendar and clock of the date, in milliseconds as if they were those of UTC.
 */
export function zoneAbbreviated(moments: Moments, name: string, wall: number, around: Zone): Zone | null {
  if (name === UTC_NAME) return { offset: 0 };
  if (name.includes('/')) return zoneNamed(moments, name);
  if ('region' in around) {
    const { region } = around;
    const west = region.offsets.find((minutes) => {
      const instant = wall + minutes * 60_000;
      return region.abbr(instant) === name && region.utcOffset(instant) === minutes;
    });
    if (west !== undefined) return { offset: -west };
  }
  const offset = offsetOf(name);
  return offset === null ? null : { offset };
}

/** As the library writes UTC in full. */
const UTC_NAME = 'Coordinated Universal Time';

/** Such as `+0530` or `-03`, as the IANA database abbreviates zones that have no letters. */
export function offsetText(offset: number): string {
  const minutes = Math.abs(offset);
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
  const rest = minutes % 60 === 0 ? '' : String(minutes % 60).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${hours}${rest}`;
}
