/** What the last runs of a host did, card by card, for whoever asks afterwards. */
import { createHistory, type Engine, type FlowFile, type History, type HistoryRecorder } from '@flowdeck/engine';
import type { HostVersion } from './served.js';

/** What a run did. */
export interface RunHistory {
  /** Of the run, and of the flows that it called. */
  readonly history: History;
  /** What was served when it was heard of: it says what the cards are. */
  readonly document: FlowFile;
}

export class Histories {
  readonly #most: number;
  readonly #kept = new Map<string, { readonly recorder: HistoryRecorder; readonly document: FlowFile }>();
  /** By engine: runs of a former one go on. */
  readonly #forget = new Map<Engine, () => void>();

  /** Keeps those of the `most` runs that began last. */
  constructor(version: HostVersion, most: number) {
    this.#most = most;
    this.hear(version);
  }

  /** Listens to the runs of a version; not where none is kept, since events cost time. */
  hear({ engine, deck: { document } }: HostVersion): void {
    if (this.#most === 0 || this.#forget.has(engine)) return;
    this.#forget.set(
      engine,
      engine.on('*', (event) => this.#recorder(event.runId, document).record(event)),
    );
  }

  /** Undefined: nothing is kept of that run. */
  get(runId: string): RunHistory | undefined {
    const kept = this.#kept.get(runId);
    return kept && { history: kept.recorder.state(), document: kept.document };
  }

  /** Hears no more; what is kept stays. */
  close(): void {
    for (const forget of this.#forget.values()) forget();
  }

  #recorder(runId: string, document: FlowFile): HistoryRecorder {
    const known = this.#kept.get(runId);
    if (known !== undefined) return known.recorder;
    const recorder = createHistory();
    this.#kept.set(runId, { recorder, document });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) break;
      this.#kept.delete(oldest);
    }
    return recorder;
  }
}
