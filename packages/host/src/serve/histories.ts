/** What the last runs of a host did, card by card, for whoever asks afterwards. */
import {
  createHistory,
  type Engine,
  type FlowEvent,
  type FlowFile,
  type History,
  type HistoryRecorder,
} from '@flowdeck/engine';
import { weightOf } from '../events/weight.js';
import type { HostVersion } from './served.js';

/** What a run did. */
export interface RunHistory {
  /** Of the run, and of the flows that it called. */
  readonly history: History;
  /** What was served when it was heard of: it says what the cards are. */
  readonly document: FlowFile;
}

/** What is kept of a run while it is recorded. */
interface KeptHistory {
  readonly recorder: HistoryRecorder;
  readonly document: FlowFile;
  /** About how much is recorded. */
  bytes: number;
}

/** About how much all histories take. */
const MOST_BYTES = 64 * 1024 * 1024;

export class Histories {
  readonly #most: number;
  readonly #mostBytes: number;
  #bytes = 0;
  readonly #kept = new Map<string, KeptHistory>();
  /** By engine: runs of a former one go on. */
  readonly #forget = new Map<Engine, () => void>();

  /** Keeps those of the `most` runs that began last, and fewer where they take more than so many bytes. */
  constructor(version: HostVersion, most: number, mostBytes = MOST_BYTES) {
    this.#most = most;
    this.#mostBytes = mostBytes;
    this.hear(version);
  }

  /** Listens to the runs of a version; not where none is kept, since events cost time. */
  hear({ engine, deck: { document } }: HostVersion): void {
    if (this.#most === 0 || this.#forget.has(engine)) return;
    this.#forget.set(
      engine,
      engine.on('*', (event) => this.#record(event, document)),
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

  #record(event: FlowEvent, document: FlowFile): void {
    const kept = this.#of(event.runId, document);
    const weight = weightOf(event);
    // One run that takes all the room: how it goes on is told, and no longer what its cards did.
    if (event.type !== 'execution' && kept.bytes + weight > this.#mostBytes) return;
    kept.recorder.record(event);
    kept.bytes += weight;
    this.#bytes += weight;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#mostBytes || oldest === event.runId) break;
      this.#drop(oldest);
    }
  }

  #of(runId: string, document: FlowFile): KeptHistory {
    const known = this.#kept.get(runId);
    if (known !== undefined) return known;
    const kept: KeptHistory = { recorder: createHistory(), document, bytes: 0 };
    this.#kept.set(runId, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) break;
      this.#drop(oldest);
    }
    return kept;
  }

  #drop(runId: string): void {
    this.#bytes -= this.#kept.get(runId)?.bytes ?? 0;
    this.#kept.delete(runId);
  }
}
