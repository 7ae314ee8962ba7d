/** What of a schedule is to run now, when moments may have passed while nobody looked. */
import type { Schedule } from '@flowdeck/engine';
import { momentAfter, momentsUntil } from './moments.js';

/** A moment that came, and the ones before it that nobody ran. */
export interface DueMoment {
  /** In milliseconds since 1970. */
  readonly scheduledFor: number;
  /** Earlier moments that are left out for it. */
  readonly missed: number;
}

export interface Due {
  readonly moments: readonly DueMoment[];
  /** Moments up to this one need never be looked at again. */
  readonly until: number;
}

/** Moments of a minute ago are on time: a turn of the host may be late. */
const ON_TIME_MS = 60_000;
/** The oldest moment that `latest` still runs, unless the period is shorter. */
const OLDEST_MS = 24 * 60 * 60 * 1000;
/** As many as `all` runs at most, the newest ones. */
export const MOST_CAUGHT_UP = 100;
/** Beyond these, missed moments are no longer counted one by one. */
const MOST_COUNTED = 1_000;

/**
 * The moments after `since` and up to `now` by the schedule's `missed`: the latest, all of them, or only one that is on
 * time. Null when none is due.
 */
export function dueMoments(schedule: Schedule, since: number, now: number): Due | null {
  const passed = momentsUntil(schedule, now, MOST_COUNTED).filter((moment) => moment > since);
  const [latest] = passed;
  if (latest === undefined) return null;
  const missed = passed.length - 1;
  switch (schedule.missed ?? 'latest') {
    case 'all': {
      const moments = passed.slice(0, MOST_CAUGHT_UP).reverse();
      const left = passed.length - moments.length;
      return {
        until: latest,
        moments: moments.map((scheduledFor, index) => ({ scheduledFor, missed: index === 0 ? left : 0 })),
      };
    }
    case 'skip':
      return { until: latest, moments: now - latest <= ON_TIME_MS ? [{ scheduledFor: latest, missed }] : [] };
    case 'latest': {
      const next = momentAfter(schedule, now);
      const oldest = Math.max(ON_TIME_MS, Math.min(OLDEST_MS, next === null ? OLDEST_MS : next - latest));
      return { until: latest, moments: now - latest <= oldest ? [{ scheduledFor: latest, missed }] : [] };
    }
  }
}
