/** The time of this machine, as the engine's clock port. */
import type { Clock } from '@flowdeck/engine';

/** `setTimeout` fires at once above this many milliseconds, which is 24.8 days. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A clock on the system's time and timers. Waits may be of any length. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    elapsed: () => performance.now(),
    after: wakeAfter,
    yield: () =>
      new Promise((resolve) => {
        setImmediate(resolve);
      }),
  };
}

function wakeAfter(ms: number, wake: () => void): () => void {
  let left = ms;
  let timer = next();
  function next(): NodeJS.Timeout {
    const piece = Math.min(left, LONGEST_TIMER);
    return setTimeout(() => {
      left -= piece;
      if (left > 0) timer = next();
      else wake();
    }, piece);
  }
  return () => clearTimeout(timer);
}
