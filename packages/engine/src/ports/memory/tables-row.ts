/** A row in memory, and its form in a log. Never changed: an update makes another one. */
import type { Cell, TableRow } from '../tables.js';
import { cellOf, type Layout, type StoredCell } from './tables-layout.js';

export interface Row {
  /** Counts the rows of the whole store in the order of their creation. */
  readonly number: number;
  readonly created: number;
  readonly updated: number;
  /** By the position of the column. */
  readonly cells: readonly StoredCell[];
}

/** Plain JSON: number, created, updated, cells. */
export type StoredRow = readonly [number: number, created: number, updated: number, cells: readonly StoredCell[]];

export function storedRow({ number, created, updated, cells }: Row): StoredRow {
  return [number, created, updated, cells];
}

export function rowOf([number, created, updated, cells]: StoredRow): Row {
  return { number, created, updated, cells };
}

const ID = /^row-([1-9]\d{0,15})$/;

export function idOfRow(number: number): string {
  return `row-${number}`;
}

/** Null for what is no row id of ours. */
export function numberOfRow(id: string): number | null {
  const digits = ID.exec(id)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The row as the port gives it. Keys of columns are safe: the layout refuses others. */
export function tableRow(row: Row, layout: Layout): TableRow {
  const cells: Record<string, Cell> = {};
  for (const [position, column] of layout.columns.entries()) {
    cells[column.key] = cellOf(column.type, row.cells[position] ?? null);
  }
  return { id: idOfRow(row.number), created: row.created, updated: row.updated, cells };
}
