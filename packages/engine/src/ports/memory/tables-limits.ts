/** How much tables may hold. */
import { FlowdeckError, LimitError } from '../../errors.js';

/** What an in-memory table store bears. More is refused with a `LimitError`. */
export interface TableLimits {
  /** Tables in a store. Default 200. */
  readonly tables: number;
  /** Columns of a table. Default 64. */
  readonly columns: number;
  /** Rows of a table. Default 500,000. */
  readonly rows: number;
  /** UTF-16 units of a text cell. Default 16,000. */
  readonly cellLength: number;
  /** Rows that one search gives. Default 3,500. */
  readonly searchRows: number;
  /** Conditions of one search. Default 100. */
  readonly conditions: number;
  /** UTF-16 units of all texts that one insert adds. Default 16,777,216. */
  readonly insertLength: number;
}

/** What the in-memory store bears when it is not told otherwise. Frozen. */
export const DEFAULT_TABLE_LIMITS: TableLimits = Object.freeze({
  tables: 200,
  columns: 64,
  rows: 500_000,
  cellLength: 16_000,
  searchRows: 3_500,
  conditions: 100,
  insertLength: 16 * 1024 * 1024,
});

/** @throws FlowdeckError `table-limit` for an unknown limit, or one that is no positive number. */
export function tableLimits(changes: Partial<TableLimits> = {}): TableLimits {
  for (const [name, value] of Object.entries(changes)) {
    if (Object.hasOwn(DEFAULT_TABLE_LIMITS, name) && (value === undefined || value > 0)) continue;
    throw new FlowdeckError('table-limit', `The limit "${name}" of tables cannot be ${String(value)}.`, {
      at: { field: name },
      hint: `Limits: ${Object.keys(DEFAULT_TABLE_LIMITS).join(', ')}; each a positive number.`,
    });
  }
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...DEFAULT_TABLE_LIMITS, ...Object.fromEntries(given) };
}

const WHAT: Readonly<Record<keyof TableLimits, readonly [what: string, hint: string]>> = {
  tables: ['tables in the store', 'Keep several kinds of rows in one table, or raise the limit of the store.'],
  columns: ['columns in a table', 'Split the table, or keep an object as JSON text in one column.'],
  rows: ['rows in the table', 'Delete rows that nobody needs, or split the table.'],
  cellLength: ['characters in a cell', 'Keep large contents in a file.'],
  searchRows: ['rows in one search', 'Read page by page, with limit and offset.'],
  conditions: ['conditions in one search', 'Search several times, or keep what you look for in a column of its own.'],
  insertLength: ['characters in one insert', 'Add fewer rows at a time.'],
};

/** The error of a limit that is exceeded. */
export function beyond(limit: keyof TableLimits, limits: TableLimits, field?: string): LimitError {
  const [what, hint] = WHAT[limit];
  return new LimitError(`table.${limit}`, `More than ${limits[limit]} ${what}.`, {
    hint,
    ...(field === undefined ? {} : { at: { field } }),
  });
}
