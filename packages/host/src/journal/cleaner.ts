/** Gives back the space of ended runs: removes segments that nobody needs, moves the little that is needed on. */

import type { Log } from '../log/log.js';
import type { Catalogue } from './catalogue.js';
import type { Entry } from './entry.js';

/** A segment is emptied when unfinished runs hold less than this share of it. Moving then frees at least three times what it writes. */
const LIVE_SHARE = 0.25;

export interface CleanerWorld {
  readonly log: Log<Entry>;
  readonly catalogue: Catalogue;
  readonly maxSegmentBytes: number;
  /** Cleaning failed; it will be tried again. */
  readonly failed: (error: unknown) => void;
}

export class Cleaner {
  readonly #world: CleanerWorld;
  #sweeping: Promise<void> | null = null;
  #stopped = false;

  constructor(world: CleanerWorld) {
    this.#world = world;
  }

  /** Cleans what can be cleaned. One sweep at a time. Never rejects. */
  sweep(): Promise<void> {
    if (this.#sweeping === null && this.#candidates().length > 0) {
      this.#sweeping = this.#sweepAll()
        .catch(this.#world.failed)
        .then(() => {
          this.#sweeping = null;
        });
    }
    return this.#sweeping ?? Promise.resolve();
  }

  /** Lets the segment that is being cleaned finish, and cleans no more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#sweeping;
  }

  /** Writes all anew, as it would be written now, and removes what stood there. Only before the journal is in use. */
  async renew(): Promise<void> {
    const { log } = this.#world;
    await log.roll();
    for (const segment of [...log.sealed()]) {
      const entries: Entry[] = [];
      for (const { entry } of await log.read(segment)) if (entry.k !== 'head') entries.push(entry);
      await this.#moveOn(segment, entries);
    }
  }

  async #sweepAll(): Promise<void> {
    for (const segment of this.#candidates()) {
      if (this.#stopped) return;
      await this.#moveOn(segment, await this.#needed(segment));
    }
  }

  #candidates(): readonly number[] {
    const { log, catalogue, maxSegmentBytes } = this.#world;
    return log.sealed().filter((segment) => catalogue.liveBytes(segment) < maxSegmentBytes * LIVE_SHARE);
  }

  /** Appends again what outlives the segment, and removes it. A crash in between leaves entries twice, which readers do not mind. */
  async #moveOn(segment: number, entries: readonly Entry[]): Promise<void> {
    const { log, catalogue } = this.#world;
    await Promise.all(entries.map((entry) => log.append(entry)));
    await log.remove(segment);
    catalogue.forget(segment);
  }

  /** Entries of a segment that must outlive it. */
  async #needed(segment: number): Promise<readonly Entry[]> {
    const { log, catalogue } = this.#world;
    const needed: Entry[] = [];
    if (catalogue.liveBytes(segment) > 0) {
      for (const { entry } of await log.read(segment)) {
        if (entry.k !== 'head' && catalogue.state(entry.run) === 'unfinished') needed.push(entry);
      }
    }
    for (const run of catalogue.endsHereOnly(segment)) needed.push({ k: 'gone', run });
    return needed;
  }
}
