/** A clock on which waiting takes no time. */
import type { Clock } from '@flowdeck/engine';
import { EPOCH } from './plausible.js';

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

/**
 * Time stands still while something happens, and jumps to the next timer when nothing does. A timer without end never
 * fires: a simulation has no limits of time.
 */
export function simulatedClock(start = EPOCH): Clock {
  let now = start;
  let timers: Timer[] = [];
  let isPumping = false;
  const pump = () => {
    isPumping = false;
    const next = timers.reduce<Timer | null>((least, timer) => (least && least.at <= timer.at ? least : timer), null);
    if (!next) return;
    timers = timers.filter((timer) => timer !== next);
    now = Math.max(now, next.at);
    arm();
    next.wake();
  };
  const arm = () => {
    if (isPumping || timers.length === 0) return;
    isPumping = true;
    setTimeout(pump, 0);
  };
  return {
    now: () => now,
    elapsed: () => now - start,
    after(ms, wake) {
      if (!Number.isFinite(ms)) return () => {};
      const timer = { at: now + ms, wake };
      timers.push(timer);
      arm();
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    yield: () => new Promise((resolve) => setTimeout(resolve, 0)),
  };
}
