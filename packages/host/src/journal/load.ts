/** Reads what the journal holds of a run that has no life in this process. */
import type { Log } from '../log/log.js';
import type { Catalogue } from './catalogue.js';
import type { Entry } from './entry.js';
import { emptyHistory, fold, type History } from './history.js';

/** Entries that are asked for at a time. */
const AT_ONCE = 16;

export class Loader {
  readonly #log: Log<Entry>;
  readonly #catalogue: Catalogue;
  /** One run after the other: each entry opens a file. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(log: Log<Entry>, catalogue: Catalogue) {
    this.#log = log;
    this.#catalogue = catalogue;
  }

  load(run: string): Promise<History> {
    const loading = this.#last.then(() => this.#load(run));
    this.#last = loading.catch(() => {});
    return loading;
  }

  async #load(run: string): Promise<History> {
    for (;;) {
      const places = this.#catalogue.placesOf(run);
      const history = emptyHistory();
      try {
        for (let at = 0; at < places.length; at += AT_ONCE) {
          const entries = await Promise.all(places.slice(at, at + AT_ONCE).map((place) => this.#log.readAt(place)));
          for (const entry of entries) if (entry !== null && entry.k !== 'head') fold(history, entry);
        }
        return history;
      } catch (error) {
        // Cleaning may have moved the entries on meanwhile; then they stand elsewhere now.
        if (JSON.stringify(places) === JSON.stringify(this.#catalogue.placesOf(run))) throw error;
      }
    }
  }
}
