/** Finds the rows of a table by what one of their cells holds. */
import type { StoredCell } from './tables-layout.js';
import type { Row } from './tables-row.js';

export class ColumnIndex {
  readonly #position: number;
  /** A row by itself where there is one only, as for most values of a column that is worth an index. */
  readonly #rows = new Map<StoredCell, Row | Set<Row>>();

  constructor(position: number, rows: Iterable<Row>) {
    this.#position = position;
    for (const row of rows) this.add(row);
  }

  add(row: Row): void {
    const value = this.#valueOf(row);
    const known = this.#rows.get(value);
    if (known === undefined) this.#rows.set(value, row);
    else if (known instanceof Set) known.add(row);
    else this.#rows.set(value, new Set([known, row]));
  }

  delete(row: Row): void {
    const value = this.#valueOf(row);
    const known = this.#rows.get(value);
    if (!(known instanceof Set)) this.#rows.delete(value);
    else if (known.delete(row) && known.size === 0) this.#rows.delete(value);
  }

  /** In order of creation. */
  find(value: StoredCell): readonly Row[] {
    const known = this.#rows.get(value);
    if (known === undefined) return [];
    // An update put the row's successor at the end.
    return known instanceof Set ? [...known].sort((a, b) => a.number - b.number) : [known];
  }

  #valueOf(row: Row): StoredCell {
    return row.cells[this.#position] ?? null;
  }
}
