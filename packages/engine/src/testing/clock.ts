/** A clock that moves when a test says so. */
import type { Clock } from '../ports/index.js';

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

export interface ManualClockOptions {
  /** What it shows first. Default 2030-01-01T00:00:00Z. */
  readonly start?: number;
  /** Milliseconds that pass with every reading of `elapsed`, as if work took time. Default 0. */
  readonly perReading?: number;
}

export class ManualClock implements Clock {
  /** How often the engine gave the event loop a turn. */
  yields = 0;
  #now: number;
  #timers: Timer[] = [];
  readonly #perReading: number;

  constructor(options: ManualClockOptions = {}) {
    this.#now = options.start ?? Date.UTC(2030, 0, 1);
    this.#perReading = options.perReading ?? 0;
  }

  now(): number {
    return this.#now;
  }

  elapsed(): number {
    this.#now += this.#perReading;
    return this.#now;
  }

  /** Timers that are set: after a run there must be none. */
  get pending(): number {
    return this.#timers.length;
  }

  after(ms: number, wake: () => void): () => void {
    const timer = { at: this.#now + ms, wake };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  yield(): Promise<void> {
    this.yields++;
    return idle();
  }

  /** Moves on, firing one timer after the other and letting what it woke run before the next. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await idle();
    for (let next = this.#due(until); next; next = this.#due(until)) {
      const timer = next;
      this.#timers = this.#timers.filter((other) => other !== timer);
      this.#now = Math.max(this.#now, timer.at);
      timer.wake();
      await idle();
    }
    this.#now = Math.max(this.#now, until);
  }

  #due(until: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at <= until && (first === undefined || timer.at < first.at)) first = timer;
    }
    return first;
  }
}

/** Resolves when all that can go on without time passing has done so. */
export function idle(): Promise<void> {
  return new Promise((resolve) => {
    // A macrotask: promises that are ready are dealt with before it.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
