/** The timers of a virtual clock, which go off in the order of their times, and of their setting within one moment. */
export interface Timer {
  readonly at: number;
  /** How long it was set for. */
  readonly ms: number;
  readonly wake: () => void;
}

export class Timers {
  readonly #timers = new Set<Timer>();

  get size(): number {
    return this.#timers.size;
  }

  /** Sets a timer; the function that it gives unsets it. One without an end never goes off. */
  set(now: number, ms: number, wake: () => void): () => void {
    if (!Number.isFinite(ms)) return () => {};
    const timer = { at: now + Math.max(0, ms), ms, wake };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** The next one, at `until` or before. */
  next(until = Number.POSITIVE_INFINITY): Timer | null {
    let next: Timer | null = null;
    for (const timer of this.#timers) {
      if (timer.at <= until && (next === null || timer.at < next.at)) next = timer;
    }
    return next;
  }

  take(timer: Timer): void {
    this.#timers.delete(timer);
  }
}

/** Behind what is under way: Node has a queue of its own for that, a page has timers. */
export const soon: (work: () => void) => void =
  typeof setImmediate === 'function' ? (work) => void setImmediate(work) : (work) => void setTimeout(work, 0);

/** Resolves when all that can go on without time passing has done so. */
export function idle(): Promise<void> {
  return new Promise((resolve) => soon(resolve));
}
