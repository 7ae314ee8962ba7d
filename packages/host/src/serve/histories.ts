/** What the last runs of a host did, card by card, for whoever asks afterwards. */
import { createHistory, type Engine, type History, type HistoryRecorder } from '@flowdeck/engine';

export class Histories {
  readonly #most: number;
  readonly #recorders = new Map<string, HistoryRecorder>();
  readonly #forget: () => void;

  /** Keeps those of the `most` runs that began last; none listens where none is kept, since events cost time. */
  constructor(engine: Engine, most: number) {
    this.#most = most;
    this.#forget = most > 0 ? engine.on('*', (event) => this.#recorder(event.runId).record(event)) : () => {};
  }

  /** Undefined: nothing is kept of that run. */
  get(runId: string): History | undefined {
    return this.#recorders.get(runId)?.state();
  }

  /** Hears no more; what is kept stays. */
  close(): void {
    this.#forget();
  }

  #recorder(runId: string): HistoryRecorder {
    const known = this.#recorders.get(runId);
    if (known !== undefined) return known;
    const recorder = createHistory();
    this.#recorders.set(runId, recorder);
    for (const oldest of this.#recorders.keys()) {
      if (this.#recorders.size <= this.#most) break;
      this.#recorders.delete(oldest);
    }
    return recorder;
  }
}
