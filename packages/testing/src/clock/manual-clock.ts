/** A clock that moves when a test says so. */
import type { Clock } from '@flowdeck/engine';
import { idle, Timers } from './timers.js';

export { idle } from './timers.js';

/** How a clock starts and moves. */
export interface ManualClockOptions {
  /** What it shows first, in milliseconds since 1970. Default 2030-01-01T00:00:00Z. */
  readonly start?: number;
  /** Milliseconds that pass with every reading of `elapsed`, as if work took time. Default 0. */
  readonly perReading?: number;
}

/**
 * Time stands still until `advance`.
 *
 * @example
 * const clock = new ManualClock();
 * const running = engine.run(deck); // a flow that waits for an hour
 * await clock.advance(3_600_000);
 * await running;
 */
export class ManualClock implements Clock {
  /** How often the engine gave the event loop a turn. */
  yields = 0;
  #now: number;
  readonly #timers = new Timers();
  readonly #perReading: number;

  constructor(options: ManualClockOptions = {}) {
    this.#now = options.start ?? Date.UTC(2030, 0, 1);
    this.#perReading = options.perReading ?? 0;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#now;
  }

  /** Milliseconds since 1970, moved on by `perReading` first. */
  elapsed(): number {
    this.#now += this.#perReading;
    return this.#now;
  }

  /** Timers that are set: after a run there must be none. */
  get pending(): number {
    return this.#timers.size;
  }

  /** The timer goes off in `advance`. */
  after(ms: number, wake: () => void): () => void {
    return this.#timers.set(this.#now, ms, wake);
  }

  /** Lets other work have a turn, and is counted. */
  yield(): Promise<void> {
    this.yields++;
    return idle();
  }

  /** Moves on, firing one timer after the other and letting what it woke run before the next. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await idle();
    for (let timer = this.#timers.next(until); timer; timer = this.#timers.next(until)) {
      this.#timers.take(timer);
      this.#now = Math.max(this.#now, timer.at);
      timer.wake();
      await idle();
    }
    this.#now = Math.max(this.#now, until);
  }
}
