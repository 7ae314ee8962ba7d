/** The system's clock. */
import type { Clock } from '../clock.js';

/** The longest wait that `setTimeout` takes: 2^31 - 1 milliseconds; a longer one would fire at once. */
const LONGEST_MS = 2_147_483_647;

/**
 * Wakes in another turn of the event loop: timers that are due run before, or right after. By a message where the platform has them: a timer
 * of no time still takes a millisecond, and four when it is set by a timer.
 */
function wakeLater(wake: () => void): void {
  if (typeof MessageChannel === 'undefined') {
    setTimeout(wake, 0);
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    // An open port would keep a process alive.
    port1.close();
    wake();
  };
  port2.postMessage(null);
}

/** Keeps nothing but the timer: a run that waits keeps this. */
function stopOf(timer: ReturnType<typeof setTimeout>): () => void {
  return () => clearTimeout(timer);
}

function inPieces(ms: number, wake: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const start = (left: number): void => {
    const piece = Math.min(left, LONGEST_MS);
    timer = setTimeout(() => (left > piece ? start(left - piece) : wake()), piece);
  };
  start(ms);
  return () => clearTimeout(timer);
}

/** The clock of the machine: `Date.now`, `performance.now` and timers. */
export function systemClock(): Clock {
  // In Node the name is a getter, which costs as much as the clock that it gives.
  const { performance } = globalThis;
  return {
    now: () => Date.now(),
    elapsed: () => performance.now(),
    after: (ms, wake) => (ms <= LONGEST_MS ? stopOf(setTimeout(wake, ms)) : inPieces(ms, wake)),
    yield: () => new Promise(wakeLater),
  };
}
