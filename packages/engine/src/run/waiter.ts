/** One who waits, until the run ends at the latest. */
import type { Step } from '../plan/index.js';
import type { Execution } from './execution.js';
import { ignore } from './handled.js';

/** A card that waits, or the run itself before its first card. Waiters are linked, so that one costs no entry elsewhere. */
export class Waiter {
  readonly step: Step | null;
  readonly execution: Execution | null;
  /** Resolves what it waits for. Null: another waits for the same. */
  readonly #resolve: ((value: Promise<never>) => void) | null;
  /** The promise that rejects, where a card may drop it. */
  readonly promise: Promise<unknown> | null;
  /** Ends the timer that would end the waiting. */
  stop: (() => void) | null = null;
  previous: Waiter | null = null;
  next: Waiter | null = null;
  /** The card handed back what it waits for, so that nothing but the run waits for it. */
  handedBack = false;

  constructor(
    step: Step | null,
    execution: Execution | null,
    resolve: ((value: Promise<never>) => void) | null,
    promise: Promise<unknown> | null = null,
  ) {
    this.step = step;
    this.execution = execution;
    this.#resolve = resolve;
    this.promise = promise;
  }

  /** The run is over, and so is the waiting. */
  halt(reason: unknown): void {
    this.stop?.();
    this.fail(reason);
  }

  /** Only now, so that one who waits is not held by a promise more. */
  fail(reason: unknown): void {
    this.promise?.catch(ignore);
    // The function that resolves does for both ends: another one would be held for as long as the run waits.
    const rejected = Promise.reject(reason);
    rejected.catch(ignore);
    this.#resolve?.(rejected);
  }
}

interface Pending<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T | PromiseLike<T>) => void;
  readonly reject: (reason: unknown) => void;
}

/** `Promise.withResolvers`, which not every platform has yet. */
export function pending<T>(): Pending<T> {
  let settle: Omit<Pending<T>, 'promise'> | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  const { resolve, reject } = settle as unknown as Omit<Pending<T>, 'promise'>; // the function above has run
  return { promise, resolve, reject };
}
