/** Waits in doubles: by the clock of the run, no longer than the run wants to. */
import { CancelledError, type Clock } from '@flowdeck/engine';

/** Ends after so many milliseconds of the clock. Rejects with `CancelledError` when the signal aborts. */
export function pause(ms: number, clock: Clock, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.reject(new CancelledError());
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const stopClock = clock.after(ms, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    function abort(): void {
      stopClock();
      reject(new CancelledError());
    }
    signal?.addEventListener('abort', abort, { once: true });
  });
}
