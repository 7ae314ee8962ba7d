/** Work that hears both who interrupts it and when its time is up. */

/** Longer timers go off at once. */
const MOST_MS = 2 ** 31 - 1;

/**
 * Gives the work a signal that also aborts after so many milliseconds. Node 20 forgets an `AbortSignal.timeout` within an
 * `AbortSignal.any` when it collects garbage, so the timer is one of our own.
 */
export async function within<T>(
  signal: AbortSignal,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const interrupt = () => controller.abort(signal.reason);
  if (signal.aborted) interrupt();
  signal.addEventListener('abort', interrupt, { once: true });
  const timer = setTimeout(
    () => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')),
    Math.min(ms, MOST_MS),
  );
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', interrupt);
  }
}
