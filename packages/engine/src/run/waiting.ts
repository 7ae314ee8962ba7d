/** Everything in a run that waits: for a promise, a time, a signal. It ends at once when the run is halted. */
import { TimeoutError } from '../errors.js';
import type { Step } from '../plan/index.js';
import type { Clock } from '../ports/index.js';
import type { Value } from '../values/index.js';
import type { Execution } from './execution.js';
import { pending, Waiter } from './waiter.js';

/** The run whose waiting it is. */
export interface Halting {
  /** What ended it, or null while it goes on. */
  readonly halted: unknown;
  /** True when nothing should go on: it was halted, or its wall time is up. */
  readonly over: boolean;
  readonly world: { readonly clock: Clock };
}

/** An effect under way. */
export interface Effect {
  /** Tells the card that nobody waits for it any more. */
  abort(reason: unknown): void;
  /** It is over. */
  release(): void;
}

/** A signal that came early, or somebody who waits for one. */
interface Signal {
  readonly value?: Value;
  readonly waiting?: (value: Value) => void;
}

/** Waiters that are told in one turn of the event loop that the run was halted: each unwinds all that waits for it. */
const TOLD_PER_TURN = 1_000;

export class Waiting {
  readonly #run: Halting;
  #first: Waiter | null = null;
  #last: Waiter | null = null;
  /** Who waits since the last sleep began. Its promise ends with the run by itself, so a card that hands it back needs no guard. */
  #asleep: Waiter | null = null;
  #signals: Map<string, Signal> | null = null;

  constructor(run: Halting) {
    this.#run = run;
  }

  /** Who waits longest: the innermost card, since those around it wait for it. */
  get first(): { readonly step: Step | null; readonly execution: Execution | null } | null {
    return this.#first;
  }

  /**
   * Rejects all that waits: so many in this turn, the others in turns of their own. `leaves` says of a card that handed back
   * what it waits for whether nobody has to hear of its end: it is let go of without another word.
   */
  rejectAll(reason: unknown, leaves: ((step: Step | null, execution: Execution) => boolean) | null): void {
    const told: Waiter[] = [];
    for (let waiter = this.#first; waiter !== null; waiter = waiter.next) {
      const { handedBack, step, execution } = waiter;
      if (handedBack && execution !== null && leaves?.(step, execution)) waiter.stop?.();
      else told.push(waiter);
    }
    this.#first = null;
    this.#last = null;
    this.#reject(told, 0, reason);
  }

  #reject(waiters: readonly Waiter[], from: number, reason: unknown): void {
    const end = Math.min(from + TOLD_PER_TURN, waiters.length);
    for (let at = from; at < end; at++) waiters[at]?.halt(reason);
    if (end < waiters.length) void this.#clock.yield().then(() => this.#reject(waiters, end, reason));
  }

  /** Waits for a promise, or for the end of the run. */
  guard(promise: PromiseLike<unknown>, step: Step | null, execution: Execution | null): Promise<unknown> {
    const asleep = this.#asleep;
    if (asleep !== null && asleep.promise !== null && promise === asleep.promise) {
      asleep.handedBack = true;
      return asleep.promise;
    }
    return new Promise((resolve, reject) => {
      const waiter = this.#add(new Waiter(step, execution, resolve));
      promise.then(
        (value) => {
          this.#remove(waiter);
          resolve(value);
        },
        (error) => {
          this.#remove(waiter);
          reject(error);
        },
      );
    });
  }

  /** Waits for an effect as long as it may take. `guard` waits for the end of the run at the same time. */
  timed(
    promise: PromiseLike<unknown>,
    timeoutMs: number,
    step: Step,
    execution: Execution,
    effect: Effect,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      // At the end of the run only the timer ends: `guard` rejects.
      const waiter = new Waiter(step, execution, null);
      waiter.stop = this.#clock.after(timeoutMs, () => {
        this.#remove(waiter);
        const error = new TimeoutError(`Card "${step.id}" took longer than ${timeoutMs} ms.`, {
          hint: 'Give the card a longer "timeout", or find out why the service is slow.',
        });
        effect.abort(error);
        effect.release();
        reject(error);
      });
      this.#add(waiter);
      const settle = () => {
        waiter.stop?.();
        this.#remove(waiter);
        effect.release();
      };
      promise.then(
        (value) => {
          settle();
          resolve(value);
        },
        (error) => {
          settle();
          reject(error);
        },
      );
    });
  }

  sleep(ms: number, step: Step, execution: Execution): Promise<undefined> {
    const { promise, resolve } = pending<undefined>();
    const waiter = new Waiter(step, execution, resolve, promise);
    waiter.stop = this.#clock.after(ms, () => {
      // Thousands may be due in one turn of the event loop, with the timer of the wall time behind them.
      if (this.#run.over) return;
      this.#remove(waiter);
      resolve(undefined);
    });
    this.#add(waiter);
    this.#asleep = waiter;
    return promise;
  }

  signalled(name: string, timeoutMs: number | undefined, step: Step, execution: Execution): Promise<Value> {
    this.#signals ??= new Map();
    const signals = this.#signals;
    const early = signals.get(name);
    if (early?.value !== undefined) {
      signals.delete(name);
      return Promise.resolve(early.value);
    }
    const { promise, resolve } = pending<Value>();
    const waiter = new Waiter(step, execution, resolve, promise);
    if (timeoutMs !== undefined) {
      waiter.stop = this.#clock.after(timeoutMs, () => {
        this.#remove(waiter);
        signals.delete(name);
        waiter.fail(new TimeoutError(`Nobody signalled "${name}" within ${timeoutMs} ms.`));
      });
    }
    signals.set(name, {
      waiting: (value) => {
        this.#remove(waiter);
        waiter.stop?.();
        resolve(value);
      },
    });
    this.#add(waiter);
    return promise;
  }

  /** Delivers a signal; kept if nobody waits for it yet. */
  deliver(name: string, value: Value): void {
    this.#signals ??= new Map();
    const waiting = this.#signals.get(name)?.waiting;
    if (waiting) {
      this.#signals.delete(name);
      waiting(value);
    } else this.#signals.set(name, { value });
  }

  get #clock(): Clock {
    return this.#run.world.clock;
  }

  /** The waiter is halted with the run; at once, when that has been. */
  #add(waiter: Waiter): Waiter {
    if (this.#run.halted !== null) waiter.halt(this.#run.halted);
    waiter.previous = this.#last;
    if (this.#last === null) this.#first = waiter;
    else this.#last.next = waiter;
    this.#last = waiter;
    return waiter;
  }

  #remove(waiter: Waiter): void {
    const { previous, next } = waiter;
    // A waiter that is neither linked nor the only one was let go of when the run was halted.
    if (previous === null && this.#first !== waiter) return;
    if (previous === null) this.#first = next;
    else previous.next = next;
    if (next === null) this.#last = previous;
    else next.previous = previous;
    waiter.previous = null;
    waiter.next = null;
  }
}

/** Whether a card gave a promise, of whatever make. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  // Any object may have one.
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
