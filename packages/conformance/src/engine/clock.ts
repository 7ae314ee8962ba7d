/** A clock whose waits end at once: time jumps to the next timer whenever nothing else is under way. */
import type { Clock } from '@flowdeck/engine';

export interface InstantClock extends Clock {
  /** Milliseconds of every timer that went off, in order. */
  readonly waits: readonly number[];
  /** Time stands still until the returned function is called: something is under way that no timer measures. */
  hold(): () => void;
}

interface Timer {
  readonly at: number;
  readonly ms: number;
  readonly wake: () => void;
}

/** Turns of the event loop without a change before time jumps: enough for work that hops from one to the next. */
const IDLE_TURNS = 4;

/** @param start Milliseconds since 1970-01-01T00:00:00Z. */
export function instantClock(start: number): InstantClock {
  const timers = new Set<Timer>();
  const waits: number[] = [];
  let elapsed = 0;
  let held = 0;
  let idle = 0;
  let turning = false;

  const turn = (): void => {
    turning = false;
    if (timers.size === 0) return;
    if (held > 0) idle = 0;
    else if (++idle >= IDLE_TURNS) jump();
    keepTurning();
  };
  const jump = (): void => {
    idle = 0;
    let next: Timer | undefined;
    // Timers of one moment go off in the order in which they were set, which is that of the set.
    for (const timer of timers) if (next === undefined || timer.at < next.at) next = timer;
    if (next === undefined) return;
    timers.delete(next);
    elapsed = next.at;
    waits.push(next.ms);
    next.wake();
  };
  const keepTurning = (): void => {
    if (turning || timers.size === 0) return;
    turning = true;
    setImmediate(turn);
  };

  return {
    waits,
    now: () => start + elapsed,
    elapsed: () => elapsed,
    after(ms, wake) {
      const timer = { at: elapsed + ms, ms, wake };
      timers.add(timer);
      idle = 0;
      keepTurning();
      return () => timers.delete(timer);
    },
    yield() {
      const release = this.hold();
      return new Promise((resolve) => {
        setImmediate(() => {
          release();
          resolve();
        });
      });
    },
    hold() {
      held++;
      let open = true;
      return () => {
        if (open) held--;
        open = false;
        idle = 0;
      };
    },
  };
}
