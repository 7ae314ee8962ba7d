/** The time of events, with few readings of the clock. */
import type { Clock } from '../ports/index.js';

/**
 * The time as events tell it. A reading of a clock costs more than a card, so the end of a synchronous one takes one,
 * not two.
 */
export class EventTime {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  at = 0;
  /** By the monotonic clock, in milliseconds. */
  elapsed = 0;
  readonly #clock: Clock;
  #readAt = 0;
  #readElapsed = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** After anything may have happened: time may have passed that the monotonic clock does not count. */
  read(): void {
    this.at = this.#readAt = this.#clock.now();
    this.elapsed = this.#readElapsed = this.#clock.elapsed();
  }

  /** Later in the same synchronous stretch. */
  tick(): void {
    this.elapsed = this.#clock.elapsed();
    this.at = this.#readAt + Math.floor(this.elapsed - this.#readElapsed);
  }
}
