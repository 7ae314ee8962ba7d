/** What the last runs of a host did, card by card, for whoever asks afterwards. */
import { createHistory, type Engine, type History, type HistoryRecorder } from '@flowdeck/engine';

export class Histories {
  readonly #most: number;
  readonly #recorders = new Map<string, HistoryRecorder>();
  /** By engine: runs of a former one go on. */
  readonly #forget = new Map<Engine, () => void>();

  /** Keeps those of the `most` runs that began last. */
  constructor(engine: Engine, most: number) {
    this.#most = most;
    this.hear(engine);
  }

  /** Listens to the runs of an engine; not where none is kept, since events cost time. */
  hear(engine: Engine): void {
    if (this.#most === 0 || this.#forget.has(engine)) return;
    this.#forget.set(
      engine,
      engine.on('*', (event) => this.#recorder(event.runId).record(event)),
    );
  }

  /** Undefined: nothing is kept of that run. */
  get(runId: string): History | undefined {
    return this.#recorders.get(runId)?.state();
  }

  /** Hears no more; what is kept stays. */
  close(): void {
    for (const forget of this.#forget.values()) forget();
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
