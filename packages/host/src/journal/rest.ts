/** Which runs do nothing but wait for a moment or a signal, so that a host may stop without cutting an effect off. */

/** What one run is doing. */
export class Activity {
  #effects = 0;
  /** The moments at which waits are over; infinite for those that a signal ends. */
  readonly #waits: number[] = [];
  readonly #rested: () => void;

  /** `rested` is called whenever the run comes to rest. */
  constructor(rested: () => void) {
    this.#rested = rested;
  }

  get isAtRest(): boolean {
    return this.#effects === 0 && this.#waits.length > 0;
  }

  /** The moment at which the first of the waits is over. */
  get next(): number {
    return this.#waits.reduce((least, until) => Math.min(least, until), Number.POSITIVE_INFINITY);
  }

  async effect<T>(work: Promise<T>): Promise<T> {
    this.#effects += 1;
    try {
      return await work;
    } finally {
      this.#effects -= 1;
      if (this.isAtRest) this.#rested();
    }
  }

  async wait<T>(work: Promise<T>, until = Number.POSITIVE_INFINITY): Promise<T> {
    this.#waits.push(until);
    if (this.isAtRest) this.#rested();
    try {
      return await work;
    } finally {
      this.#waits.splice(this.#waits.indexOf(until), 1);
    }
  }
}

/** Who wants to know of something that happens to a run. */
export class RunWatch {
  readonly #watching = new Map<string, Set<() => void>>();

  /** Resolves when it happens next, or when all is over. */
  next(run: string): Promise<void> {
    return new Promise((resolve) => {
      const watching = this.#watching.get(run) ?? new Set();
      this.#watching.set(run, watching.add(resolve));
    });
  }

  tell(run: string): void {
    const watching = this.#watching.get(run) ?? [];
    this.#watching.delete(run);
    for (const resolve of watching) resolve();
  }

  end(): void {
    for (const run of [...this.#watching.keys()]) this.tell(run);
  }
}
