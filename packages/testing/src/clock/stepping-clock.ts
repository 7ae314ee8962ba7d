/** The clock of a recording: waits take their real time, and nothing else does, so that a replay reads the same times. */
import type { Clock } from '@flowdeck/engine';
import { type InstantClock, instantClock } from './instant-clock.js';

/** Longer timers are limits; real time ends with the case. */
const MOST_MS = 2 ** 31 - 1;

/** @param start - Milliseconds since 1970-01-01T00:00:00Z. */
export function steppingClock(start: number): Clock & Pick<InstantClock, 'waits'> {
  const waits: number[] = [];
  let elapsed = 0;
  return {
    waits,
    now: () => start + elapsed,
    elapsed: () => elapsed,
    real: () => performance.now(),
    after(ms, wake) {
      if (!Number.isFinite(ms) || ms > MOST_MS) return () => {};
      const until = elapsed + ms;
      const timer = setTimeout(
        () => {
          elapsed = Math.max(elapsed, until);
          waits.push(ms);
          wake();
        },
        Math.max(0, ms),
      );
      return () => clearTimeout(timer);
    },
    yield: () => instantClock(start).yield(),
  };
}
