/** Signals for a run that its runtime is still opening: it takes none before. */
import type { Runtime } from '../ports/index.js';
import type { JsonData } from '../values/index.js';
import type { Limits } from './limits.js';
import { withinRecord } from './record-size.js';

/** The run that is opened. */
export interface RunToOpen {
  readonly id: string;
  readonly world: { readonly runtime: Runtime };
  /** Durable: it is open. */
  readonly seam: { readonly isDurable: boolean };
  readonly halted: unknown;
  readonly limits: Pick<Limits, 'recordBytes'>;
}

export class EarlySignals {
  readonly #run: RunToOpen;
  #held: (() => void)[] = [];

  constructor(run: RunToOpen) {
    this.#run = run;
  }

  /** Hands a signal to the runtime, or holds it until `release`; settles as the delivery does. Throws when it is too long for it. */
  deliver(name: string, value: JsonData): void | Promise<void> {
    const { id, world, seam, halted, limits } = this.#run;
    withinRecord(value, limits, { what: `The signal "${name}"`, at: { run: id } });
    const hand = () => world.runtime.signal(id, name, value);
    if (seam.isDurable || halted !== null) return hand();
    return new Promise((resolve, reject) => {
      this.#held.push(() => Promise.resolve().then(hand).then(resolve, reject));
    });
  }

  /** Hands over what was held, in order. */
  release(): void {
    for (const hand of this.#held.splice(0)) hand();
  }
}
