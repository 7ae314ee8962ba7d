/** Gives others their turn: timers, signals and requests are heard between two turns of the event loop only. */
import type { Clock } from '../ports/index.js';

/** Milliseconds that runs may hold the event loop. */
const STRETCH_MS = 10;

/** One for all runs of an engine, since they share one event loop. */
export class Breath {
  readonly #clock: Clock;
  /** When the present turn was first looked at; null until then. */
  #since: number | null = null;
  #turn: Promise<void> | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True when the event loop was held too long; `now` is a reading of `realTime`. */
  due(now: number): boolean {
    if (this.#since === null) {
      this.#since = now;
      this.#turn = this.#clock.yield().then(() => {
        this.#since = null;
        this.#turn = null;
      });
    }
    return now - this.#since > STRETCH_MS;
  }

  /** Resolves when others have had their turn. */
  turn(): Promise<void> {
    return this.#turn ?? this.#clock.yield();
  }
}

/** In milliseconds: time that passes also where that of the flow stands still. */
export function realTime(clock: Clock): number {
  return clock.real === undefined ? clock.elapsed() : clock.real();
}
