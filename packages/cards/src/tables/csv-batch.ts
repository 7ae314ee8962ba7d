/** Gathers lines of CSV as rows of a table, and adds many at a time. */
import {
  ConversionError,
  LimitError,
  type RowValues,
  RunError,
  type TableColumn,
  type TableStore,
} from '@flowdeck/engine';
import { converter, safeObject } from '@flowdeck/engine/kit';
import type { Assignment } from './csv-titles.js';

/** A batch is one durable write: large enough to be quick, small enough to be held in memory. */
const BATCH_ROWS = 1_000;
const BATCH_LENGTH = 1024 * 1024;

export class Batch {
  readonly #table: string;
  readonly #store: TableStore;
  #assignments: readonly Assignment[] = [];
  #rows: RowValues[] = [];
  #length = 0;
  #firstLine = 0;
  #lastLine = 0;
  #imported = 0;

  constructor(table: string, store: TableStore) {
    this.#table = table;
    this.#store = store;
  }

  /** Rows that were added so far. */
  get imported(): number {
    return this.#imported;
  }

  /** Says which cells are taken. */
  take(assignments: readonly Assignment[]): void {
    this.#assignments = assignments;
  }

  /**
   * Adds a line. True: flush before the next one.
   *
   * @throws RunError with the code of what a cell's conversion has against it
   */
  add(line: number, cells: readonly string[]): boolean {
    if (this.#rows.length === 0) this.#firstLine = line;
    this.#lastLine = line;
    this.#rows.push(
      safeObject(
        this.#assignments.map(({ position, column }) => {
          const cell = cells[position] ?? '';
          this.#length += cell.length;
          return [column.key, cellValue(cell, column, line)];
        }),
      ),
    );
    return this.#rows.length >= BATCH_ROWS || this.#length >= BATCH_LENGTH;
  }

  async flush(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    this.#length = 0;
    if (rows.length === 0) return;
    try {
      await this.#store.insert(this.#table, rows);
    } catch (error) {
      throw error instanceof LimitError ? atLines(error, this.#firstLine, this.#lastLine) : error;
    }
    this.#imported += rows.length;
  }
}

function cellValue(cell: string, column: TableColumn, line: number): RowValues[string] {
  // Text needs none, and the store would not change it either.
  if (column.type === 'text') return cell;
  try {
    return column.type === 'boolean' ? booleanIn(cell) : converter(column)(cell);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    throw new RunError('conversion', `Line ${line}, column "${column.key}": ${error.message}`, {
      at: { field: column.key },
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      extra: { line },
      cause: error,
    });
  }
}

const TRUE: ReadonlySet<string> = new Set(['true', 'yes', 'on', '1', 't', 'y']);
const FALSE: ReadonlySet<string> = new Set(['false', 'no', 'off', '0', 'f', 'n']);

/** Files of data write what the conversion between cards would take for true: there, any text but "false" is. */
function booleanIn(cell: string): boolean | null {
  const text = cell.trim().toLowerCase();
  if (text === '') return null;
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  throw new ConversionError('The text is neither true nor false.', {
    hint: 'Write true or false; yes and no, on and off, 1 and 0 are read, too.',
  });
}

function atLines(error: LimitError, first: number, last: number): RunError {
  return new RunError('limit', `Lines ${first} to ${last}: ${error.message}`, {
    at: error.at,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    extra: { line: first },
    cause: error,
  });
}
