/** The moments of a cron, in its time zone. */
import type { Schedule } from '@flowdeck/engine';
import { Cron } from 'croner';

/**
 * The first moment after `after`, in milliseconds since 1970; null when there is none.
 *
 * Where clocks go forward, a fixed time that does not exist is the first moment after the gap; where they go back, it is
 * the first of the two. What has a wildcard or a step in minute or hour is an interval: it is left out in the gap, and
 * comes in both hours that are one.
 */
export function momentAfter(schedule: Schedule, after: number): number | null {
  // Made when asked for: one holds 80 kB, which ten thousand flows would feel.
  return cronOf(schedule).nextRun(new Date(after))?.getTime() ?? null;
}

/** The last `most` moments at or before `until`, the latest first. */
export function momentsUntil(schedule: Schedule, until: number, most: number): readonly number[] {
  // The reference itself does not count, and crons know whole seconds.
  return cronOf(schedule)
    .previousRuns(most, new Date(until + 1000 - (until % 1000)))
    .map((moment) => moment.getTime());
}

function cronOf({ cron, timeZone }: Schedule): Cron {
  return new Cron(cron, {
    mode: '5-part',
    paused: true,
    timezone: timeZone ?? 'UTC',
    fixedTimeRule: 'no-wildcard',
  });
}
