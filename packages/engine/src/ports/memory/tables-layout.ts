/** The columns of a table: checked, numbered, and able to read and write cells. */
import { ConversionError, RunError } from '../../errors.js';
import { type Converter, converter, type Field, isUnsafeKey, type Value } from '../../values/index.js';
import type { Cell, ColumnType, TableColumn, TableDefinition, TableSchema } from '../tables.js';
import { beyond, type TableLimits } from './tables-limits.js';

/** A cell in store: a date is its milliseconds, so that all cells survive JSON and compare with `===` and `<`. */
export type StoredCell = null | string | number | boolean;

export const ROW_ID = 'Row ID';
export const CREATED = 'Created';
export const UPDATED = 'Updated';
/** What every row has beside its cells, under names that no column can take. */
export const SYSTEM_COLUMNS: readonly string[] = [ROW_ID, CREATED, UPDATED];

const COLUMN_TYPES: readonly string[] = ['text', 'number', 'boolean', 'date'] satisfies ColumnType[];

export interface Column {
  readonly key: string;
  readonly type: ColumnType;
  readonly description?: string;
  readonly default: StoredCell;
}

/** What is written down of a table's columns. Plain JSON. */
export interface StoredSchema {
  readonly id: string;
  readonly name: string;
  readonly columns: readonly Column[];
}

export class Layout {
  readonly stored: StoredSchema;
  readonly limits: TableLimits;
  readonly #positions: ReadonlyMap<string, number>;
  readonly #defaults: readonly StoredCell[];

  constructor(stored: StoredSchema, limits: TableLimits) {
    this.stored = stored;
    this.limits = limits;
    this.#positions = new Map(stored.columns.map((column, position) => [column.key, position]));
    this.#defaults = stored.columns.map((column) => column.default);
  }

  get columns(): readonly Column[] {
    return this.stored.columns;
  }

  /** A row without values. */
  empty(): StoredCell[] {
    return this.#defaults.slice();
  }

  /** @throws RunError `column-missing` */
  position(key: string): number {
    const position = this.#positions.get(key);
    if (position !== undefined) return position;
    const keys = this.columns.map((column) => column.key);
    throw new RunError('column-missing', `The table "${this.stored.name}" has no column "${key.slice(0, 100)}".`, {
      at: { field: key.slice(0, 100) },
      hint: keys.length === 0 ? 'It has no columns.' : `It has: ${keys.join(', ')}.`,
    });
  }

  find(key: string): number | undefined {
    return this.#positions.get(key);
  }

  /** @throws ConversionError, LimitError */
  store(position: number, value: Value): StoredCell {
    const column = this.columns[position]!; // `find` gave the position
    return storeCell(value, column, this.limits);
  }

  schema(): TableSchema {
    const { id, name, columns } = this.stored;
    return {
      id,
      name,
      columns: columns.map((column): TableColumn => ({ ...column, default: cellOf(column.type, column.default) })),
    };
  }
}

export function cellOf(type: ColumnType, stored: StoredCell): Cell {
  return type === 'date' && typeof stored === 'number' ? new Date(stored) : stored;
}

const CONVERTERS: Readonly<Record<ColumnType, Converter>> = {
  text: converter({ type: 'text' }),
  number: converter({ type: 'number' }),
  boolean: converter({ type: 'boolean' }),
  date: converter({ type: 'date' }),
};

/** @throws ConversionError, LimitError */
export function storeCell(
  value: Value,
  column: { readonly key: string; readonly type: ColumnType },
  limits: TableLimits,
): StoredCell {
  let converted: Value;
  try {
    converted = CONVERTERS[column.type](value);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    throw new ConversionError(`Column "${column.key}": ${error.message}`, {
      at: { field: column.key },
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      cause: error,
    });
  }
  switch (typeof converted) {
    case 'string':
      if (converted.length > limits.cellLength) throw beyond('cellLength', limits, column.key);
      return converted === '' ? null : converted;
    case 'number':
      // Negative zero has no place in JSON.
      return converted + 0;
    case 'boolean':
      return converted;
    default:
      return converted instanceof Date ? converted.getTime() : null;
  }
}

/**
 * Checks what an author declares.
 *
 * @throws RunError `table-definition`; LimitError for too many columns; ConversionError for a default that is none.
 */
export function readDefinition(definition: TableDefinition, limits: TableLimits): StoredSchema {
  const { id, columns } = definition;
  if (columns.length > limits.columns) throw beyond('columns', limits, id);
  const seen = new Set<string>();
  return {
    id,
    name: definition.name ?? id,
    columns: columns.map((field) => {
      const fault = columnDiagnostic(field, seen);
      if (fault !== null) throw unfit(id, field.key, fault);
      seen.add(field.key);
      // `columnDiagnostic` has just found it to be one of them.
      const column = { key: field.key, type: field.type as ColumnType };
      return {
        ...column,
        ...(field.description === undefined ? {} : { description: field.description }),
        default: storeCell(field.default ?? null, column, limits),
      };
    }),
  };
}

function columnDiagnostic(field: Field, seen: ReadonlySet<string>): string | null {
  if (field.list || !COLUMN_TYPES.includes(field.type)) {
    return `cells hold a text, a number, a boolean or a date, and not ${field.list ? 'a list' : `"${field.type}"`}`;
  }
  if (field.group !== undefined) return 'columns have no groups';
  if (isUnsafeKey(field.key)) return 'the name leads into the prototype of an object';
  return seen.has(field.key) ? 'there are two of that name' : null;
}

function unfit(table: string, column: string, why: string): RunError {
  return new RunError('table-definition', `The table "${table}" cannot have the column "${column}": ${why}.`, {
    at: { field: column },
    hint: 'Rename the column or change its type in the "tables" of the deck.',
  });
}
