/** Random schedules, and their moments beside those of a walk through every minute. */
import type { Schedule } from '@flowdeck/engine';
import { momentAfter, momentsUntil } from '../moments.js';
import { walkMoments } from './walk.js';

/** A whole number below `most`. */
export type Draw = (most: number) => number;

/** Zones whose clocks change by an hour, half of one, two, at midnight, and around Ramadan; and some that do not. */
const ZONES = [
  'UTC',
  'Europe/Vienna',
  'Europe/London',
  'America/New_York',
  'America/Santiago',
  'America/Havana',
  'America/Nuuk',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Antarctica/Troll',
];
const YEAR = 365 * 24 * 60 * 60 * 1000;
/** As many moments are asked for at a time. */
const CHUNK = 1_000;
/** Moments of a schedule at which the next one is asked for. */
const STARTS = 25;

/** A cron with lists, ranges, steps and wildcards, more often at night, when clocks change. */
export function drawSchedule(draw: Draw): Schedule {
  const number = (low: number, high: number) => low + draw(high - low + 1);
  const list = (low: number, high: number) => {
    const numbers = Array.from({ length: number(1, 3) }, () => number(low, high));
    return [...new Set(numbers)].sort((a, b) => a - b).join(',');
  };
  const range = (low: number, high: number) => {
    const first = number(low, high);
    return `${first}-${number(first, high)}`;
  };
  const field = (low: number, high: number, night: number) => {
    const kinds = [
      () => '*',
      () => `*/${number(2, 20)}`,
      () => range(low, high),
      () => `${range(low, high)}/${number(2, 7)}`,
      () => list(low, high),
      () => list(low, night),
      () => String(number(low, night)),
    ];
    return kinds[draw(kinds.length)]?.() ?? '*';
  };
  const seldom = (text: () => string) => (draw(4) === 0 ? text() : '*');
  return {
    cron: [
      field(0, 59, 59),
      field(0, 23, 3),
      seldom(() => list(1, 31)),
      seldom(() => range(1, 12)),
      seldom(() => list(0, 6)),
    ].join(' '),
    timeZone: ZONES[draw(ZONES.length)] ?? 'UTC',
  };
}

/** The moments of a year, and where the two do not agree. */
export function compareYear(schedule: Schedule, year: number, draw: Draw) {
  const from = Date.UTC(year);
  const to = from + YEAR;
  const walked = walkMoments(schedule, from, to);
  const wrong: string[] = [];
  const say = (place: string, moment: number | null | undefined, right: number | null | undefined) => {
    if ((moment ?? null) !== (right ?? null))
      wrong.push(`${JSON.stringify(schedule)} ${place}: ${told(moment)} in place of ${told(right)}`);
  };
  // All of them, from the last back to the first.
  let until = to;
  let left = walked.length;
  while (left > 0) {
    const moments = momentsUntil(schedule, until, CHUNK).filter((moment) => moment > from);
    const right = walked.slice(Math.max(0, left - CHUNK), left).reverse();
    for (const [at, moment] of right.entries()) say(`before ${told(until)}`, moments[at], moment);
    left -= right.length;
    until = (right.at(-1) ?? from) - 1;
  }
  for (let start = 0; start < STARTS; start++) {
    const at = draw(walked.length + 1);
    const before = walked[at - 1] ?? from;
    const next = momentAfter(schedule, before);
    if (at < walked.length) say(`after ${told(before)}`, next, walked[at]);
    else if (next !== null && next <= to) say(`after ${told(before)}`, next, null);
  }
  return { moments: walked.length, wrong };
}

function told(moment: number | null | undefined): string {
  return moment === null || moment === undefined ? 'none' : new Date(moment).toISOString();
}
