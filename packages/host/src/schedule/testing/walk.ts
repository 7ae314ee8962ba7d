/** The moments of a cron by brute force: every minute of the time-zone data, held against the rule that docs/serving.md gives. */
import type { Schedule } from '@flowdeck/engine';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The moments from `from` (left out) to `to`, in milliseconds since 1970. Both lie at whole hours. */
export function walkMoments({ cron, timeZone = 'UTC' }: Schedule, from: number, to: number): readonly number[] {
  const [minute = '', hour = ''] = cron.split(' ');
  const isInterval = /[*/]/.test(minute + hour);
  const matches = matcherOf(cron);
  const offsetAt = offsetsOf(timeZone);
  const moments: number[] = [];
  // The latest time that the clocks on the wall have shown. It does not go back when they do.
  let latest = from + offsetAt(from);
  for (const { begin, end, offset } of spansOf(offsetAt, from, to)) {
    for (let moment = begin; moment < end; moment += MINUTE) {
      const wall = moment + offset;
      const isAhead = wall > latest;
      if (isInterval ? matches(wall) : isAhead && reaches(matches, latest, wall)) moments.push(moment);
      if (isAhead) latest = wall;
    }
  }
  return moments;
}

/** Whether the time that is shown now matches, or one that was left out on the way to it. */
function reaches(matches: (wall: number) => boolean, latest: number, wall: number): boolean {
  for (let each = latest + MINUTE; each <= wall; each += MINUTE) if (matches(each)) return true;
  return false;
}

/** A time of one offset; the end is left out. */
interface Span {
  readonly begin: number;
  readonly end: number;
  readonly offset: number;
}

/** All of the time after `from` and up to `to`. */
function spansOf(offsetAt: (moment: number) => number, from: number, to: number): readonly Span[] {
  const spans: Span[] = [];
  let begin = from + MINUTE;
  let offset = offsetAt(begin);
  for (let hour = from; hour < to; hour += HOUR) {
    if (offsetAt(hour + HOUR) === offset) continue;
    let change = Math.max(hour, begin);
    while (offsetAt(change) === offset) change += MINUTE;
    spans.push({ begin, end: change, offset });
    begin = change;
    offset = offsetAt(change);
  }
  spans.push({ begin, end: to + MINUTE, offset });
  return spans;
}

/** What the clocks on the wall show, less the moment. */
function offsetsOf(timeZone: string): (moment: number) => number {
  const shown = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...shown });
  return (moment) => {
    const [month = 0, day, year = 0, hour, minute] = (format.format(moment).match(/\d+/g) ?? []).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute) - moment;
  };
}

/** Whether a time on the wall, as if it were UTC, is one of a cron. */
function matcherOf(cron: string): (wall: number) => boolean {
  const [minutes = null, hours = null, days = null, months = null, weekdays = null] = cron.split(' ').map(setOf);
  return (wall) => {
    const date = new Date(wall);
    if (!(minutes?.has(date.getUTCMinutes()) ?? true) || !(hours?.has(date.getUTCHours()) ?? true)) return false;
    if (!(months?.has(date.getUTCMonth() + 1) ?? true)) return false;
    const isDay = days?.has(date.getUTCDate()) ?? true;
    const isWeekday = weekdays?.has(date.getUTCDay()) ?? true;
    // Of the two kinds of days either is enough, where both are given.
    return days === null || weekdays === null ? isDay && isWeekday : isDay || isWeekday;
  };
}

/** The numbers that a field names; null for all. */
function setOf(field: string): ReadonlySet<number> | null {
  if (field === '*') return null;
  const numbers = new Set<number>();
  for (const each of field.split(',')) {
    const [, low = '', high = low, step = '1'] = /^(\*|\d+)(?:-(\d+))?(?:\/(\d+))?$/.exec(each) ?? [];
    const [first, last] = low === '*' ? [0, 59] : [Number(low), Number(high)];
    for (let number = first; number <= last; number += Number(step)) numbers.add(number);
  }
  return numbers;
}
