/** All tables of a store in memory, changed only through records that a log can keep and play back. */
import { RunError } from '../../errors.js';
import type { RowQuery, RowValues, TableDefinition, TableRow, TableSchema } from '../tables.js';
import { Layout, readDefinition, type StoredCell, type StoredSchema } from './tables-layout.js';
import { beyond, type TableLimits, tableLimits } from './tables-limits.js';
import { idOfRow, numberOfRow, type Row, rowOf, type StoredRow, storedRow, tableRow } from './tables-row.js';
import { Table } from './tables-table.js';

/** What happened to the tables, as plain JSON. Playing the same changes in the same order gives the same tables. */
export type TableChange =
  | { readonly k: 'define'; readonly schema: StoredSchema }
  /** New rows, or new contents of known ones. */
  | { readonly k: 'rows'; readonly t: string; readonly rows: readonly StoredRow[] }
  | { readonly k: 'remove'; readonly t: string; readonly n: number }
  | { readonly k: 'clear'; readonly t: string }
  /** Rows from this number on were never made. */
  | { readonly k: 'next'; readonly n: number };

/** What a change did: its record, unless nothing changed, and the answer for whoever asked for it. */
export interface Changed<T> {
  /** To be written down, and played back with `apply`. Null: nothing changed. */
  readonly change: TableChange | null;
  /** The answer for whoever asked. */
  readonly result: T;
}

/** Rows, and UTF-16 units of text, after which a record of a snapshot is complete. */
const SNAPSHOT_ROWS = 500;
const SNAPSHOT_LENGTH = 1024 * 1024;

/**
 * The tables of an embedded store. Every method takes effect at once; a durable store writes the `change` down before
 * it acknowledges it, and plays it back with `apply`.
 */
export class TableBook {
  /** What it bears. */
  readonly limits: TableLimits;
  readonly #tables = new Map<string, Table>();
  #next = 1;

  constructor(limits?: Partial<TableLimits>) {
    this.limits = tableLimits(limits);
  }

  /** Rows in all tables. */
  get size(): number {
    let size = 0;
    for (const table of this.#tables.values()) size += table.size;
    return size;
  }

  /** Null when there is no such table. */
  schema(id: string): TableSchema | null {
    return this.#tables.get(id)?.layout.schema() ?? null;
  }

  /** Makes a table or changes its columns, as `TableStore.define` does; throws what that rejects with. */
  define(definition: TableDefinition): Changed<void> {
    const schema = readDefinition(definition, this.limits);
    const known = this.#tables.get(schema.id);
    if (known !== undefined && JSON.stringify(known.layout.stored) === JSON.stringify(schema)) return NOTHING;
    if (known === undefined && this.#tables.size >= this.limits.tables) throw beyond('tables', this.limits);
    return this.#done({ k: 'define', schema }, undefined);
  }

  /**
   * Adds rows; `result` is their ids, in order. `now` becomes `created` and `updated`, in milliseconds since
   * 1970-01-01T00:00:00Z.
   */
  insert(id: string, rows: readonly RowValues[], now: number): Changed<readonly string[]> {
    const table = this.#table(id);
    if (table.size + rows.length > this.limits.rows) throw beyond('rows', this.limits);
    let next = this.#next;
    let room = this.limits.insertLength;
    const stored = rows.map((values): StoredRow => {
      const cells = this.#write(table.layout.empty(), values, table.layout, false);
      room -= textLength(cells);
      if (room < 0) throw beyond('insertLength', this.limits);
      return [next++, now, now, cells];
    });
    const ids = stored.map(([number]) => idOfRow(number));
    return stored.length === 0 ? { change: null, result: ids } : this.#done({ k: 'rows', t: id, rows: stored }, ids);
  }

  /** Null when there is no such row. */
  get(id: string, row: string): TableRow | null {
    const table = this.#table(id);
    const found = this.#find(table, row);
    return found === undefined ? null : tableRow(found, table.layout);
  }

  /** Writes the given columns only; `result` is false when there is no such row. */
  update(id: string, row: string, values: RowValues, now: number): Changed<boolean> {
    const table = this.#table(id);
    const found = this.#find(table, row);
    if (found === undefined) return { change: null, result: false };
    const cells = this.#write(found.cells.slice(), values, table.layout, true);
    return this.#done({ k: 'rows', t: id, rows: [storedRow({ ...found, updated: now, cells })] }, true);
  }

  /** `result` is false when there is no such row. */
  remove(id: string, row: string): Changed<boolean> {
    const found = this.#find(this.#table(id), row);
    return found === undefined
      ? { change: null, result: false }
      : this.#done({ k: 'remove', t: id, n: found.number }, true);
  }

  /** Removes all rows; `result` is how many there were. */
  clear(id: string): Changed<number> {
    const { size } = this.#table(id);
    return size === 0 ? { change: null, result: 0 } : this.#done({ k: 'clear', t: id }, size);
  }

  /** The rows that match, never more than the limits allow at once. */
  search(id: string, query: RowQuery): readonly TableRow[] {
    const table = this.#table(id);
    return table.select(query, this.limits.searchRows).map((row) => tableRow(row, table.layout));
  }

  /** All rows that match, as they are now; made one part at a time. */
  scan(id: string, query: RowQuery): Iterable<readonly TableRow[]> {
    const table = this.#table(id);
    return partsOf(table.select(query, Number.POSITIVE_INFINITY), table.layout);
  }

  /**
   * Plays a change back. One about a row or a table that is not there is no fault: in a log whose beginning was removed,
   * a snapshot follows that holds what is left of it.
   */
  apply(change: TableChange): void {
    switch (change.k) {
      case 'define': {
        const layout = new Layout(change.schema, this.limits);
        const known = this.#tables.get(change.schema.id);
        if (known === undefined) this.#tables.set(change.schema.id, new Table(layout));
        else known.change(layout);
        return;
      }
      case 'rows': {
        const table = this.#tables.get(change.t);
        for (const row of change.rows) {
          table?.put(rowOf(row));
          if (row[0] >= this.#next) this.#next = row[0] + 1;
        }
        return;
      }
      case 'remove':
        this.#tables.get(change.t)?.delete(change.n);
        return;
      case 'clear':
        this.#tables.get(change.t)?.clear();
        return;
      case 'next':
        this.#next = Math.max(this.#next, change.n);
    }
  }

  /**
   * Changes that make the same tables anew. Each tells what is so when it is asked for, so that they can be written
   * among changes that happen meanwhile: what came before the first one is then needed no more.
   */
  *snapshot(): Generator<TableChange> {
    yield { k: 'next', n: this.#next };
    for (const [id, table] of this.#tables) {
      yield { k: 'define', schema: table.layout.stored };
      let rows: StoredRow[] = [];
      let length = 0;
      for (const number of Array.from(table.rows(), (row) => row.number)) {
        const row = table.get(number);
        if (row === undefined) continue;
        rows.push(storedRow(row));
        length += textLength(row.cells);
        if (rows.length < SNAPSHOT_ROWS && length < SNAPSHOT_LENGTH) continue;
        yield { k: 'rows', t: id, rows };
        rows = [];
        length = 0;
      }
      if (rows.length > 0) yield { k: 'rows', t: id, rows };
    }
  }

  #done<T>(change: TableChange, result: T): Changed<T> {
    this.apply(change);
    return { change, result };
  }

  #write(cells: StoredCell[], values: RowValues, layout: Layout, clears: boolean): StoredCell[] {
    for (const key of Object.keys(values)) {
      const position = layout.position(key);
      const cell = layout.store(position, values[key] ?? null);
      if (cell !== null || clears) cells[position] = cell;
    }
    return cells;
  }

  #find(table: Table, id: string): Row | undefined {
    const number = numberOfRow(id);
    return number === null ? undefined : table.get(number);
  }

  #table(id: string): Table {
    const table = this.#tables.get(id);
    if (table !== undefined) return table;
    const known = [...this.#tables.keys()].slice(0, 10);
    throw new RunError('table-missing', `There is no table "${id.slice(0, 100)}".`, {
      at: { field: 'table' },
      hint: known.length === 0 ? 'Declare it in the "tables" of the deck.' : `Tables: ${known.join(', ')}.`,
    });
  }
}

function textLength(cells: readonly StoredCell[]): number {
  let length = 0;
  for (const cell of cells) if (typeof cell === 'string') length += cell.length;
  return length;
}

const NOTHING: Changed<void> = { change: null, result: undefined };

const SCAN_ROWS = 500;

function* partsOf(rows: readonly Row[], layout: Layout): Generator<readonly TableRow[]> {
  for (let at = 0; at < rows.length; at += SCAN_ROWS) {
    yield rows.slice(at, at + SCAN_ROWS).map((row) => tableRow(row, layout));
  }
}
