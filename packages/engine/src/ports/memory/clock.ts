/** The system's clock. */
import type { Clock } from '../clock.js';

/** The longest wait that `setTimeout` takes: 2^31 - 1 milliseconds; a longer one would fire at once. */
const LONGEST_MS = 2_147_483_647;

/** The clock of the machine: `Date.now`, `performance.now` and timers. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    elapsed: () => performance.now(),
    after(ms, wake) {
      let timer: ReturnType<typeof setTimeout>;
      if (ms <= LONGEST_MS) {
        timer = setTimeout(wake, ms);
        return () => clearTimeout(timer);
      }
      const start = (left: number): void => {
        const piece = Math.min(left, LONGEST_MS);
        timer = setTimeout(() => (left > piece ? start(left - piece) : wake()), piece);
      };
      start(ms);
      return () => clearTimeout(timer);
    },
    yield: () => new Promise((resolve) => setTimeout(resolve, 0)),
  };
}
