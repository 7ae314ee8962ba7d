/** What a run does to the rows of tables: counted, and the first of them told. */
import { boundRecord, type Redactor, toData } from '../observe/index.js';
import type { RowQuery, RowValues, TableDefinition, TableRow, TableSchema, TableStore } from '../ports/index.js';
import type { DataObject, Value } from '../values/index.js';

/** One change of a row. */
export interface RowChange {
  /** `cleared`: all rows of the table were removed at once. */
  readonly change: 'inserted' | 'updated' | 'removed' | 'cleared';
  /** Id of the row; null when all were removed. */
  readonly row: string | null;
  /** What was written, as data: dates as text, long texts cut. Null when rows were removed. */
  readonly values: DataObject | null;
}

/** What a run did to one table. */
export interface TableReport {
  /** As the cards named it. */
  readonly table: string;
  /** How many rows. */
  readonly inserted: number;
  /** Updates, of one row twice as two. */
  readonly updated: number;
  /** Rows removed, those of a cleared table included. */
  readonly removed: number;
  /** The first 100 changes, in their order. */
  readonly changes: readonly RowChange[];
}

/** So many changes of a table are told; all are counted. */
const MOST_CHANGES = 100;
/** Characters of a row's values that are kept. */
const MOST_VALUES = 2_000;

/** What a run, and what it called, did to the rows of tables. */
export class TableTally {
  readonly #changes = new Map<string, TableChanges>();

  /** One for each table that was changed. */
  get reports(): readonly TableReport[] {
    return [...this.#changes.values()].map(({ table, inserted, updated, removed, changes }) => ({
      table,
      inserted,
      updated,
      removed,
      changes: [...changes],
    }));
  }

  of(table: string): TableChanges {
    const known = this.#changes.get(table) ?? new TableChanges(table);
    this.#changes.set(table, known);
    return known;
  }

  /** Takes in what was done elsewhere. */
  adopt(reports: readonly TableReport[]): void {
    for (const { table, inserted, updated, removed, changes } of reports) {
      const known = this.of(table);
      known.inserted += inserted;
      known.updated += updated;
      known.removed += removed;
      known.changes.push(...changes.slice(0, Math.max(0, known.room)));
    }
  }
}

/** The store as the cards of one run see it. What is read goes through as it is. */
export class RecordedTables implements TableStore {
  readonly #store: TableStore;
  readonly #tally: TableTally;
  readonly #redactor: () => Redactor;

  constructor(store: TableStore, tally: TableTally, redactor: () => Redactor) {
    this.#store = store;
    this.#tally = tally;
    this.#redactor = redactor;
  }

  schema(table: string): Promise<TableSchema | null> {
    return this.#store.schema(table);
  }

  define(definition: TableDefinition): Promise<void> {
    return this.#store.define(definition);
  }

  async insert(table: string, rows: readonly RowValues[]): Promise<readonly string[]> {
    const ids = await this.#store.insert(table, rows);
    if (ids.length === 0) return ids;
    const changes = this.#tally.of(table);
    changes.inserted += ids.length;
    for (const [index, row] of ids.slice(0, changes.room).entries()) {
      changes.changes.push({ change: 'inserted', row, values: this.#told(rows[index] ?? {}) });
    }
    return ids;
  }

  get(table: string, id: string): Promise<TableRow | null> {
    return this.#store.get(table, id);
  }

  async update(table: string, id: string, values: RowValues): Promise<boolean> {
    const isThere = await this.#store.update(table, id, values);
    if (!isThere) return false;
    const changes = this.#tally.of(table);
    changes.updated++;
    if (changes.room > 0) changes.changes.push({ change: 'updated', row: id, values: this.#told(values) });
    return true;
  }

  async remove(table: string, id: string): Promise<boolean> {
    const isThere = await this.#store.remove(table, id);
    if (!isThere) return false;
    const changes = this.#tally.of(table);
    changes.removed++;
    if (changes.room > 0) changes.changes.push({ change: 'removed', row: id, values: null });
    return true;
  }

  async clear(table: string): Promise<number> {
    const count = await this.#store.clear(table);
    if (count === 0) return count;
    const changes = this.#tally.of(table);
    changes.removed += count;
    if (changes.room > 0) changes.changes.push({ change: 'cleared', row: null, values: null });
    return count;
  }

  search(table: string, query: RowQuery): Promise<readonly TableRow[]> {
    return this.#store.search(table, query);
  }

  scan(table: string, query: RowQuery): AsyncIterable<readonly TableRow[]> {
    return this.#store.scan(table, query);
  }

  /** Redacted before it is cut: half of a secret would not be known again. */
  #told(values: RowValues): DataObject | null {
    const data = this.#redactor().redact(toData(values as Value)); // a row is a record of values
    return boundRecord(data as DataObject, MOST_VALUES); // a record stays a record
  }
}

class TableChanges {
  readonly table: string;
  inserted = 0;
  updated = 0;
  removed = 0;
  readonly changes: RowChange[] = [];

  constructor(table: string) {
    this.table = table;
  }

  get room(): number {
    return MOST_CHANGES - this.changes.length;
  }
}
