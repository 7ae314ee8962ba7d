/** Tables in memory whose every change is in a log before it is acknowledged. */
import {
  type Clock,
  FlowdeckError,
  type RowQuery,
  type RowValues,
  type TableDefinition,
  type TableRow,
  type TableSchema,
} from '@flowdeck/engine';
import type { Changed, TableBook, TableChange } from '@flowdeck/engine/kit';
import type { StoreErrors } from '../log/errors.js';
import type { Lock } from '../log/lock.js';
import type { Log } from '../log/log.js';
import type { Compactor } from './compactor.js';
import type { DiskTables } from './types.js';

export interface TableStoreParts {
  readonly book: TableBook;
  readonly log: Log<TableChange>;
  readonly lock: Lock;
  readonly clock: Clock;
  readonly errors: StoreErrors;
  readonly compactor: Compactor;
}

/**
 * A change takes effect in memory at once and in the order of the log. Neither its own promise nor any reader that saw
 * it is answered before it is durable.
 */
export class DiskTableStore implements DiskTables {
  readonly #parts: TableStoreParts;
  /** The last change on its way to the disk: when it is there, so are those before it. */
  #last: Promise<void> | null = null;
  /** Why nothing works any more: after a failed write, memory is ahead of the disk. */
  #broken: FlowdeckError | null = null;
  #closed: Promise<void> | null = null;

  constructor(parts: TableStoreParts) {
    this.#parts = parts;
  }

  schema(table: string): Promise<TableSchema | null> {
    return this.#read((book) => book.schema(table));
  }

  define(definition: TableDefinition): Promise<void> {
    return this.#change((book) => book.define(definition));
  }

  insert(table: string, rows: readonly RowValues[]): Promise<readonly string[]> {
    return this.#change((book, now) => book.insert(table, rows, now));
  }

  get(table: string, id: string): Promise<TableRow | null> {
    return this.#read((book) => book.get(table, id));
  }

  update(table: string, id: string, values: RowValues): Promise<boolean> {
    return this.#change((book, now) => book.update(table, id, values, now));
  }

  remove(table: string, id: string): Promise<boolean> {
    return this.#change((book) => book.remove(table, id));
  }

  clear(table: string): Promise<number> {
    return this.#change((book) => book.clear(table));
  }

  search(table: string, query: RowQuery): Promise<readonly TableRow[]> {
    return this.#read((book) => book.search(table, query));
  }

  async *scan(table: string, query: RowQuery): AsyncGenerator<readonly TableRow[]> {
    yield* await this.#read((book) => book.scan(table, query));
  }

  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  async #end(): Promise<void> {
    const { compactor, log, lock } = this.#parts;
    await compactor.stop();
    try {
      await log.close();
    } finally {
      lock.release();
    }
  }

  async #read<T>(look: (book: TableBook) => T): Promise<T> {
    this.#check();
    const found = look(this.#parts.book);
    if (this.#last !== null) await this.#last;
    return found;
  }

  async #change<T>(make: (book: TableBook, now: number) => Changed<T>): Promise<T> {
    this.#check();
    const { book, clock, compactor } = this.#parts;
    const { change, result } = make(book, clock.now());
    if (change !== null) this.append(change);
    if (this.#last !== null) await this.#last;
    if (change !== null) compactor.check();
    return result;
  }

  /** Writes down a change that memory has made already. Resolves when it is durable. */
  append(change: TableChange): Promise<void> {
    const { log, errors } = this.#parts;
    const written = log.append(change).catch((error: unknown) => {
      this.#broken ??= error instanceof FlowdeckError ? error : errors.diskFailed(error);
      throw this.#broken;
    });
    this.#last = written;
    const forget = () => {
      if (this.#last === written) this.#last = null;
    };
    written.then(forget, forget);
    return written;
  }

  #check(): void {
    if (this.#broken !== null) throw this.#broken;
    if (this.#closed !== null) throw this.#parts.errors.closed();
  }
}
