/** Gives back the space of changes that later ones have made void: writes down what is there, and removes what was before. */
import type { TableBook, TableChange } from '@flowdeck/engine/kit';
import type { Log } from '../log/log.js';

/** Void changes that are always put up with: below this, writing everything anew gains nothing. */
const SLACK = 20_000;

export interface CompactorWorld {
  readonly book: TableBook;
  readonly log: Log<TableChange>;
  /** Writes a change that memory has made already. */
  readonly append: (change: TableChange) => Promise<void>;
  /** It did not work, and will be tried again. */
  readonly failed: (error: unknown) => void;
  readonly slack?: number;
}

export class Compactor {
  /** Rows written and other changes, by segment. */
  readonly #weights = new Map<number, number>();
  #total = 0;
  #world: CompactorWorld | null = null;
  #sweeping: Promise<void> | null = null;
  #stopped = false;

  /** Takes note of a durable change. */
  note(change: TableChange, segment: number): void {
    const weight = change.k === 'rows' ? change.rows.length : 1;
    this.#weights.set(segment, (this.#weights.get(segment) ?? 0) + weight);
    this.#total += weight;
  }

  /** Nothing is swept before. */
  begin(world: CompactorWorld): void {
    this.#world = world;
    this.check();
  }

  /** Sweeps if more than half of what is written is void, so that every row is written anew once at most on average. */
  check(): void {
    const world = this.#world;
    if (world === null || this.#sweeping !== null || this.#stopped) return;
    if (this.#total <= 2 * world.book.size + (world.slack ?? SLACK) || world.log.sealed().length === 0) return;
    this.#sweeping = this.#sweep(world)
      .catch(world.failed)
      .then(() => {
        this.#sweeping = null;
      });
  }

  /** Resolves when no sweep is under way, and lets none begin. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#sweeping;
  }

  /**
   * The snapshot goes to the end of the log, among changes that happen meanwhile. Files are removed from the oldest on,
   * so that an interruption at any point leaves the end of the log, with all of the snapshot in it.
   */
  async #sweep({ book, log, append }: CompactorWorld): Promise<void> {
    const segments = [...log.sealed()];
    for (const change of book.snapshot()) {
      if (this.#stopped) return;
      await append(change);
    }
    for (const segment of segments) {
      await log.remove(segment);
      this.#total -= this.#weights.get(segment) ?? 0;
      this.#weights.delete(segment);
    }
  }
}
