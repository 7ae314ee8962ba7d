/** The tables that a deck declares: defined in the store before its first run. */
import type { Deck } from './deck.js';
import type { TableDefinition, TableStore } from './ports/index.js';

export class DeckTables {
  readonly #store: TableStore;
  readonly #defined = new WeakMap<Deck, Promise<void>>();
  readonly #ready = new WeakSet<Deck>();

  constructor(store: TableStore) {
    this.#store = store;
  }

  /**
   * Defines the tables of a deck, once. Null when there is nothing to wait for.
   *
   * Rejects with what the store has against them, such as `table-definition`; the next run tries again.
   */
  prepare(deck: Deck): Promise<void> | null {
    // Not `deck.document`, which is frozen for whoever asks.
    const { document } = deck.plan;
    if (!('tables' in document) || !document.tables?.length || this.#ready.has(deck)) return null;
    let defined = this.#defined.get(deck);
    if (defined === undefined) {
      defined = this.#define(document.tables, deck);
      this.#defined.set(deck, defined);
    }
    return defined;
  }

  async #define(tables: readonly TableDefinition[], deck: Deck): Promise<void> {
    try {
      for (const table of tables) await this.#store.define(table);
      this.#ready.add(deck);
    } finally {
      this.#defined.delete(deck);
    }
  }
}
