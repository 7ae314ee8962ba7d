/** Signals for a run that its runtime is still opening: it takes none before. */
export class EarlySignals {
  #held: (() => void)[] = [];

  /** Holds a signal back until `release`; settles as the delivery does. */
  hold(deliver: () => void | Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#held.push(() => Promise.resolve().then(deliver).then(resolve, reject));
    });
  }

  /** Delivers what was held, in order. */
  release(): void {
    for (const deliver of this.#held.splice(0)) deliver();
  }
}
