/** What runs of the journal keep in its annex; it goes when they have ended. */
import type { RunAnnex, RunRuntime } from '@flowdeck/engine';
import { reasonOf } from '../log/errors.js';
import type { JournalWarning } from './types.js';

export class Rooms {
  readonly #annex: RunAnnex;
  readonly #warn: (warning: JournalWarning) => void;
  /** Runs that have texts there: most have none, and their end asks for nothing. */
  readonly #taken = new Set<string>();
  /** The annex as runs are given it. */
  readonly annex: NonNullable<RunRuntime['annex']>;

  constructor(annex: RunAnnex, warn: (warning: JournalWarning) => void) {
    this.#annex = annex;
    this.#warn = warn;
    this.annex = {
      put: (runId, text) => {
        this.#taken.add(runId);
        return annex.put(runId, text);
      },
      read: (runId, id) => {
        // Also one that the annex does not tell of: it was put there before there was a key.
        this.#taken.add(runId);
        return annex.read(runId, id);
      },
    };
  }

  /** Forgets what an earlier process left of runs that are over. */
  async clear(isOver: (runId: string) => boolean): Promise<void> {
    try {
      for (const runId of await this.#annex.runs()) {
        this.#taken.add(runId);
        if (isOver(runId)) await this.leave(runId);
      }
    } catch (error) {
      this.#left(error);
    }
  }

  /** Forgets what a run kept whose end is recorded. When it fails, the next process that opens the journal does it. */
  async leave(runId: string): Promise<void> {
    if (!this.#taken.delete(runId)) return;
    try {
      await this.#annex.remove(runId);
    } catch (error) {
      this.#left(error);
    }
  }

  #left(error: unknown): void {
    const message = `Space of the annex could not be given back yet: ${reasonOf(error)}`;
    this.#warn({ code: 'journal-cleaning', message });
  }
}
