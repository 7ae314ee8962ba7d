/** One table in memory: its rows in order of creation, and the search in them. */
import { RunError } from '../../errors.js';
import type { RowQuery } from '../tables.js';
import { ColumnIndex } from './tables-index.js';
import type { Layout, StoredCell } from './tables-layout.js';
import type { Row } from './tables-row.js';
import { type CellReader, compileWhere, type Equality, readerOf } from './tables-where.js';

/** Below this many rows, looking at all of them is quicker than keeping an index. */
const INDEX_ROWS = 1_000;
/** A column gets its index when it is searched for the second time: once, looking at all rows costs less. */
const INDEX_USES = 2;

export class Table {
  #layout: Layout;
  #rows = new Map<number, Row>();
  #inOrder = true;
  #last = 0;
  readonly #indexes = new Map<number, ColumnIndex>();
  readonly #uses = new Map<number, number>();

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  get layout(): Layout {
    return this.#layout;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(number: number): Row | undefined {
    return this.#rows.get(number);
  }

  /** In order of creation. */
  rows(): Iterable<Row> {
    this.#order();
    return this.#rows.values();
  }

  /** Adds a row, or puts it in the place of the one with its number. */
  put(row: Row): void {
    const before = this.#rows.get(row.number);
    this.#rows.set(row.number, row);
    if (before === undefined) {
      if (row.number < this.#last) this.#inOrder = false;
      else this.#last = row.number;
    }
    for (const index of this.#indexes.values()) {
      if (before !== undefined) index.delete(before);
      index.add(row);
    }
  }

  delete(number: number): boolean {
    const row = this.#rows.get(number);
    if (row === undefined) return false;
    this.#rows.delete(number);
    for (const index of this.#indexes.values()) index.delete(row);
    return true;
  }

  clear(): void {
    this.#rows.clear();
    this.#forgetIndexes();
  }

  /**
   * Takes other columns. Cells follow their column by its name.
   *
   * @throws RunError `table-mismatch` when cells would be lost.
   */
  change(layout: Layout): void {
    const origins = layout.columns.map(({ key }) => this.#layout.find(key));
    for (const [position, column] of this.#layout.columns.entries()) {
      const target = layout.find(column.key);
      const kept = target !== undefined && layout.columns[target]?.type === column.type;
      if (!kept && this.#holdsCells(position)) throw mismatch(layout.stored.name, column.key, target !== undefined);
    }
    for (const row of this.#rows.values()) {
      const cells: StoredCell[] = origins.map((origin) => (origin === undefined ? null : (row.cells[origin] ?? null)));
      this.#rows.set(row.number, { ...row, cells });
    }
    this.#layout = layout;
    this.#forgetIndexes();
  }

  /** @throws RunError `column-missing`, `where-operator`; ConversionError; LimitError */
  select({ where, sort, offset, limit }: RowQuery, most: number): readonly Row[] {
    const { test, equality } = compileWhere(where, this.#layout);
    const start = whole(offset, 0);
    const end = start + Math.min(whole(limit, Number.POSITIVE_INFINITY), most);
    const candidates = this.#candidates(equality);
    // Without an order to make, the search ends with the last row asked for.
    const enough = sort === undefined ? end : Number.POSITIVE_INFINITY;
    const reader = sort === undefined ? null : readerOf(sort.column, this.#layout);
    const found: Row[] = [];
    for (const row of candidates) {
      if (found.length >= enough) break;
      if (test(row)) found.push(row);
    }
    if (reader !== null) found.sort(ordering(reader, sort?.direction === 'desc' ? -1 : 1));
    return found.slice(start, end);
  }

  #candidates(equality: Equality | null): Iterable<Row> {
    if (equality === null || this.#rows.size < INDEX_ROWS) return this.rows();
    const { position, value } = equality;
    const uses = (this.#uses.get(position) ?? 0) + 1;
    this.#uses.set(position, uses);
    if (uses < INDEX_USES) return this.rows();
    let index = this.#indexes.get(position);
    if (index === undefined) {
      index = new ColumnIndex(position, this.rows());
      this.#indexes.set(position, index);
    }
    return index.find(value);
  }

  /** Rows read back from a log may come in another order than they were made. */
  #order(): void {
    if (this.#inOrder) return;
    this.#rows = new Map([...this.#rows].sort(([a], [b]) => a - b));
    this.#inOrder = true;
  }

  #holdsCells(position: number): boolean {
    for (const row of this.#rows.values()) if ((row.cells[position] ?? null) !== null) return true;
    return false;
  }

  #forgetIndexes(): void {
    this.#indexes.clear();
    this.#uses.clear();
  }
}

/** Not a whole number from 0 on: nothing was asked for. */
function whole(value: number | undefined, otherwise: number): number {
  return value !== undefined && value >= 0 ? Math.floor(value) : otherwise;
}

/** The sort is stable, so equal cells keep the order of creation in both directions. */
function ordering(read: CellReader, sign: 1 | -1): (a: Row, b: Row) => number {
  return (rowA, rowB) => {
    const a = read(rowA);
    const b = read(rowB);
    if (a === b) return 0;
    if (a === null) return -sign;
    if (b === null) return sign;
    return a < b ? -sign : sign;
  };
}

function mismatch(table: string, column: string, declared: boolean): RunError {
  const how = declared ? 'is declared with another type now' : 'is no longer declared';
  return new RunError('table-mismatch', `The column "${column}" of the table "${table}" ${how}, and holds values.`, {
    at: { field: column },
    hint: 'Nothing was changed. Declare the column as it was, or clear the table first.',
  });
}
