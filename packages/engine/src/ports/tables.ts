/** Typed tables: rows that outlive a run. */
import type { Field, Value } from '../values/index.js';

/** What a cell holds. Null is the empty cell; empty text is stored as null. */
export type Cell = null | string | number | boolean | Date;
/** What the cells of a column hold. A store refuses other types. */
export type ColumnType = 'text' | 'number' | 'boolean' | 'date';

/** A column as a store keeps it. */
export interface TableColumn extends Field {
  /** What its cells hold. */
  readonly type: ColumnType;
  /** What a new row gets where nothing is given. */
  readonly default: Cell;
}

/** A table as an author declares it. Of a column, `key`, `type`, `default` and `description` count. */
export interface TableDefinition {
  /** By which cards name the table. */
  readonly id: string;
  /** For people. Default: the id. */
  readonly name?: string;
  /** In order. Their types are those of `ColumnType`, without lists and groups. */
  readonly columns: readonly Field[];
}

/** A table as a store has it. */
export interface TableSchema extends TableDefinition {
  /** For people; the id where none was given. */
  readonly name: string;
  /** In order, each with its type and default. */
  readonly columns: readonly TableColumn[];
}

/** Values by column. What does not fit the column's type is converted, as at a card's input. */
export type RowValues = Readonly<Record<string, Value>>;

/** A row, as a store gives it. */
export interface TableRow {
  /** Made by the store, and unique in it for ever. */
  readonly id: string;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly created: number;
  /** Milliseconds since 1970-01-01T00:00:00Z; `created` until the row is changed. */
  readonly updated: number;
  /** Every column of the table. */
  readonly cells: Readonly<Record<string, Cell>>;
}

/** How `RowCondition` compares a cell with a value. */
export type RowOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/**
 * One comparison of a row. It is made in the type of the column, which `value` is converted to. Texts compare by code
 * unit, so by case. An empty cell equals an empty value, differs from every other, and has no order.
 */
export interface RowCondition {
  /** A column of the table, or one of `Row ID`, `Created` and `Updated`. */
  readonly column: string;
  /** How the cell stands to the value. */
  readonly operator: RowOperator;
  /** Converted to the type of the column. */
  readonly value: Value;
}

/** Which rows, in which order. */
export interface RowQuery {
  /** The row fulfils all conditions of at least one group. Absent: every row does. */
  readonly where?: readonly (readonly RowCondition[])[];
  /**
   * Without it, rows come in the order of their creation, which also decides between equal cells. Empty cells come
   * before all others, and last when descending.
   */
  readonly sort?: { readonly column: string; readonly direction: 'asc' | 'desc' };
  /** Rows to skip. Default 0. */
  readonly offset?: number;
  /** Default: no limit beside the store's own. */
  readonly limit?: number;
}

/**
 * Rows in tables. What a promise has acknowledged stays, as far as the store is durable; what one call does is seen
 * whole or not at all. The in-memory default forgets all with the engine.
 *
 * All but `define` and `schema` reject with `RunError` `table-missing`; whatever names a column, with `column-missing`;
 * whatever takes values, with `ConversionError` (`conversion`) and `LimitError` (`limit`).
 */
export interface TableStore {
  /** Null when there is no such table. */
  schema(table: string): Promise<TableSchema | null>;
  /**
   * Makes a table, or changes its columns: new ones are empty in the rows that are there, and their order may change.
   *
   * Rejects with `RunError` `table-definition` for columns that cannot be (a type that no cell has, a reserved or
   * repeated name), and with `table-mismatch` when cells would be lost.
   */
  define(definition: TableDefinition): Promise<void>;
  /** Adds rows, and returns their ids in order. Null and empty text become the column's default. */
  insert(table: string, rows: readonly RowValues[]): Promise<readonly string[]>;
  /** Null when there is no such row. */
  get(table: string, id: string): Promise<TableRow | null>;
  /** Writes the given columns only. False when there is no such row. */
  update(table: string, id: string, values: RowValues): Promise<boolean>;
  /** False when there is no such row. */
  remove(table: string, id: string): Promise<boolean>;
  /** Removes all rows and returns how many there were. */
  clear(table: string): Promise<number>;
  /** The rows that match, never more than the store gives at once. */
  search(table: string, query: RowQuery): Promise<readonly TableRow[]>;
  /** All rows that match as they are at the start, in parts of any size. */
  scan(table: string, query: RowQuery): AsyncIterable<readonly TableRow[]>;
}
