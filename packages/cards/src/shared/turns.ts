/** Gives others their turn in work that takes long, and hears there that nobody waits for it any more. */
import { CancelledError, type CardContext } from '@flowdeck/engine';
import { realTime } from '@flowdeck/engine/kit';

/** Milliseconds that a card may hold the event loop. */
const STRETCH_MS = 10;

/** The turns of one attempt of a card. The wall time of a run and its cancellation are heard in them only. */
export class Turns {
  readonly #context: Pick<CardContext, 'clock' | 'signal'>;
  #since: number;

  constructor(context: Pick<CardContext, 'clock' | 'signal'>) {
    this.#context = context;
    this.#since = realTime(context.clock);
  }

  /**
   * To be asked in a loop: null, or the turn that is due.
   *
   * @throws CancelledError, here or when the turn is over: the run has ended.
   */
  due(): Promise<void> | null {
    const { clock, signal } = this.#context;
    if (signal.aborted) throw new CancelledError();
    return realTime(clock) - this.#since > STRETCH_MS ? this.#take() : null;
  }

  async #take(): Promise<void> {
    const { clock, signal } = this.#context;
    await clock.yield();
    this.#since = realTime(clock);
    if (signal.aborted) throw new CancelledError();
  }
}
