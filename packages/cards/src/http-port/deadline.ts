/** The end of an exchange that does not end by itself: its time is up, or the run was cancelled. */
import { CancelledError, type HttpRequest } from '@flowdeck/engine';
import { httpError, type Target } from './errors.js';

export interface Deadline {
  readonly ms: number;
  readonly signal: AbortSignal | undefined;
  /** The error for the time being up. */
  readonly late: () => Error;
}

/**
 * Runs `work` with a signal that aborts at the end. Settles at once when the time is up or the outer signal aborts,
 * even where the work itself is slow to notice: a resolver cannot be interrupted. All that such work may still do is
 * to end the connection that it was opening.
 */
export async function withDeadline<T>(deadline: Deadline, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal, ms, late } = deadline;
  const cancelled = () => new CancelledError('The HTTP request was cancelled.', { cause: signal?.reason });
  if (signal?.aborted) throw cancelled();

  const inner = new AbortController();
  let onAbort = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stopped = new Promise<never>((_, reject) => {
    onAbort = () => reject(cancelled());
    timer = setTimeout(() => reject(late()), ms);
  });
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([stopped, work(inner.signal)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    inner.abort();
  }
}

/** The milliseconds that a request gets. What is no positive number, NaN included, is taken for nothing said. */
export function timeFor(
  { timeoutMs }: HttpRequest,
  settings: { readonly timeoutMs: number; readonly maxTimeoutMs: number },
): number {
  return timeoutMs !== undefined && timeoutMs > 0 ? Math.min(timeoutMs, settings.maxTimeoutMs) : settings.timeoutMs;
}

/** The error for an exchange whose time is up. `most`: milliseconds that the port allows at most. */
export function tooLate(ms: number, most: number, target: Target): Error {
  return httpError('http-timeout', `the exchange was not complete after ${ms} ms.`, target, {
    hint: `Allow more time (at most ${most} ms), or ask the service for less.`,
  });
}
