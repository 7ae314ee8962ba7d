/** A clock whose waits end at once: time jumps to the next timer whenever nothing else is under way. */
import type { Clock } from '@flowdeck/engine';
import { soon, type Timer, Timers } from './timers.js';

/** A clock whose waits end as soon as nothing else is under way. */
export interface InstantClock extends Clock {
  /** Milliseconds of every timer that went off, in order. */
  readonly waits: readonly number[];
  /** Time stands still until the returned function is called: something is under way that no timer measures. */
  hold(): () => void;
}

/** Turns of the event loop without a change before time jumps: enough for work that hops from one to the next. */
const IDLE_TURNS = 4;
/**
 * Milliseconds of real time without a change before a guard goes off. It is there for work that hangs, and must not end
 * work that no clock measures: a card that loads a module, on a busy machine.
 */
const QUIET_MS = 1500;
const LOOK_MS = 20;

/**
 * A clock for tests: waits end in their order and at once, so that a flow of days takes milliseconds.
 *
 * @param start - Milliseconds since 1970-01-01T00:00:00Z.
 * @param isGuard - Whether a timer of so many milliseconds may be a limit on work instead of a wait.
 */
export function instantClock(start: number, isGuard: (ms: number) => boolean = () => false): InstantClock {
  const timers = new Timers();
  const waits: number[] = [];
  let elapsed = 0;
  let held = 0;
  let idle = 0;
  let turning = false;
  let look: ReturnType<typeof setTimeout> | undefined;
  let since = 0;

  const changed = (): void => {
    idle = 0;
    since = performance.now();
  };
  const turn = (): void => {
    turning = false;
    look = undefined;
    const next = timers.next();
    if (next === null) return;
    if (held > 0) changed();
    else if (++idle >= IDLE_TURNS && (!isGuard(next.ms) || performance.now() - since >= QUIET_MS)) goOff(next);
    keepTurning();
  };
  const goOff = (timer: Timer): void => {
    changed();
    timers.take(timer);
    elapsed = timer.at;
    waits.push(timer.ms);
    timer.wake();
  };
  const keepTurning = (): void => {
    if (turning || timers.size === 0) return;
    turning = true;
    if (idle < IDLE_TURNS) soon(turn);
    else look = setTimeout(turn, LOOK_MS);
  };
  /** What was looked out for is over: whoever asks what is left behind must not find the clock's own timer. */
  const rest = (): void => {
    if (look === undefined || timers.size > 0) return;
    clearTimeout(look);
    look = undefined;
    turning = false;
  };

  return {
    waits,
    now: () => start + elapsed,
    elapsed: () => elapsed,
    real: () => performance.now(),
    after(ms, wake) {
      const stop = timers.set(elapsed, ms, wake);
      changed();
      keepTurning();
      return () => {
        stop();
        rest();
      };
    },
    yield() {
      const release = this.hold();
      return new Promise((resolve) => {
        soon(() => {
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
        changed();
      };
    },
  };
}
