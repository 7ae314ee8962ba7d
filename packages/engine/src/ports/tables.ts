import type { Field, Value } from '../values/index.js';

export interface TableSchema {
  readonly id: string;
  readonly name: string;
  readonly columns: readonly Field[];
}

export interface TableRow {
  readonly id: string;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly created: number;
  readonly updated: number;
  readonly cells: Readonly<Record<string, Value>>;
}

/** Rows in tables. The in-memory default forgets them with the engine. */
export interface TableStore {
  schema(table: string): Promise<TableSchema | null>;
  define(schema: TableSchema): Promise<void>;
  insert(table: string, rows: readonly Readonly<Record<string, Value>>[]): Promise<readonly string[]>;
  get(table: string, id: string): Promise<TableRow | null>;
  /** False when there is no such row. */
  update(table: string, id: string, cells: Readonly<Record<string, Value>>): Promise<boolean>;
  /** False when there is no such row. */
  remove(table: string, id: string): Promise<boolean>;
  /** Removes all rows and returns how many there were. */
  clear(table: string): Promise<number>;
  /** All rows in order of creation. */
  rows(table: string): AsyncIterable<TableRow>;
}
