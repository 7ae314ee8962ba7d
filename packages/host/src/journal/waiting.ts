/** The two things that a run waits for without doing anything: a moment, and a signal. Both end with the run. */
import type { Clock } from '@flowdeck/engine';
import type { SentEntry } from './entry.js';
import type { Halt } from './halt.js';
import type { Mailbox } from './mailbox.js';

/** Resolves at the moment, at once if it is past. Rejects when the run is stopped. */
export function pauseUntil(until: number, clock: Clock, halt: Halt): Promise<void> {
  if (halt.reason !== null) return Promise.reject(halt.reason);
  const left = until - clock.now();
  if (left <= 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const forget = halt.onStop((reason) => {
      cancel();
      reject(reason);
    });
    const cancel = clock.after(left, () => {
      forget();
      resolve();
    });
  });
}

/** The next signal of that name, or null when the moment passes before it comes. Rejects when the run is stopped. */
export function nextSignal(
  name: string,
  until: number | undefined,
  world: { readonly mailbox: Mailbox; readonly clock: Clock; readonly halt: Halt },
): Promise<SentEntry | null> {
  const { mailbox, clock, halt } = world;
  if (halt.reason !== null) return Promise.reject(halt.reason);
  // It may have come while the deadline was being recorded.
  const early = mailbox.take(name);
  if (early !== null) return Promise.resolve(early);
  return new Promise((resolve, reject) => {
    const done = () => {
      withdraw();
      forget();
      cancelTimer?.();
    };
    const withdraw = mailbox.wait(name, (signal) => {
      done();
      resolve(signal);
    });
    const forget = halt.onStop((reason) => {
      done();
      reject(reason);
    });
    const cancelTimer =
      until === undefined
        ? null
        : clock.after(Math.max(0, until - clock.now()), () => {
            done();
            resolve(null);
          });
  });
}
