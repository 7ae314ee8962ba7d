/** The wall time of all runs of an engine, watched by one timer: a waiting run costs an entry in a set. */
import type { Clock } from '../ports/index.js';

export interface Timed {
  /** Reading of `Clock.elapsed` at which the time is up. */
  readonly deadline: number;
  expire(): void;
}

export class Deadlines {
  readonly #clock: Clock;
  readonly #timed = new Set<Timed>();
  #next = Number.POSITIVE_INFINITY;
  #stop: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(timed: Timed): void {
    this.#timed.add(timed);
    if (timed.deadline < this.#next) this.#arm(timed.deadline);
  }

  /** Without anything to watch there is no timer, so that a process may end. */
  remove(timed: Timed): void {
    // Most runs end before they were ever watched.
    if (this.#timed.size === 0 || !this.#timed.delete(timed) || this.#timed.size > 0) return;
    this.#stop?.();
    this.#stop = null;
    this.#next = Number.POSITIVE_INFINITY;
  }

  #arm(deadline: number): void {
    this.#stop?.();
    this.#next = deadline;
    this.#stop = this.#clock.after(Math.max(0, deadline - this.#clock.elapsed()), () => this.#check());
  }

  #check(): void {
    this.#stop = null;
    this.#next = Number.POSITIVE_INFINITY;
    const now = this.#clock.elapsed();
    let next = Number.POSITIVE_INFINITY;
    for (const timed of [...this.#timed]) {
      if (timed.deadline <= now) {
        this.#timed.delete(timed);
        timed.expire();
      } else if (timed.deadline < next) next = timed.deadline;
    }
    if (next < this.#next) this.#arm(next);
  }
}
