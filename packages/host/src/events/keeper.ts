/** Where the lines of a log of events go: to a disk, or nowhere. */
import { FlowdeckError } from '@flowdeck/engine';
import type { Log } from '../log/log.js';
import type { EventEntry } from './entry.js';

export interface EventKeeper {
  /** Resolves when the line would survive what the keeper survives; what is to be noted has been noted then. */
  append(entry: EventEntry): Promise<void>;
  /** Bytes of all lines. */
  readonly bytes: number;
  /** Writes with `write` all that is worth keeping, then forgets what was written before. */
  sweep(write: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Keeps nothing: events end with the process. */
export class KeeperInMemory implements EventKeeper {
  readonly bytes = 0;
  readonly #note: (entry: EventEntry) => void;

  constructor(note: (entry: EventEntry) => void) {
    this.#note = note;
  }

  async append(entry: EventEntry): Promise<void> {
    this.#note(entry);
  }

  async sweep(): Promise<void> {}

  async close(): Promise<void> {}
}

export class KeeperOnDisk implements EventKeeper {
  /** Counted by whoever hears of the lines. */
  bytes = 0;
  readonly #log: Log<EventEntry>;
  readonly #owed: EventEntry[] = [];

  constructor(log: Log<EventEntry>, bytes: number) {
    this.#log = log;
    this.bytes = bytes;
  }

  append(entry: EventEntry): Promise<void> {
    for (const each of this.#owed.splice(0)) this.#write(each).catch(() => {});
    return this.#write(entry);
  }

  /** What a full disk did not take has happened all the same: it is written before what comes next. */
  async #write(entry: EventEntry): Promise<void> {
    try {
      await this.#log.append(entry);
    } catch (error) {
      const isPassing = !(error instanceof FlowdeckError);
      if (isPassing && (entry.k === 'ended' || entry.k === 'parked')) this.#owed.push(entry);
      throw error;
    }
  }

  async sweep(write: () => Promise<void>): Promise<void> {
    const segments = [...this.#log.sealed()];
    if (segments.length === 0) return;
    const before = this.bytes;
    await write();
    for (const segment of segments) await this.#log.remove(segment);
    this.bytes -= before;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#owed.splice(0).map((entry) => this.#log.append(entry)));
    await this.#log.close();
  }
}
