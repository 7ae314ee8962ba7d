/** Rows as the outputs of cards. */
import { type Field, type Outputs, RunError, type TableRow, type Value, type ValueObject } from '@flowdeck/engine';
import { fieldName, SYSTEM_COLUMNS, safeObject } from '@flowdeck/engine/kit';
import type { CardsCode } from '../codes.js';

const [ROW_ID = '', CREATED = '', UPDATED = ''] = SYSTEM_COLUMNS;

/** The group of outputs that hold cells. */
const CELLS = 'fields';

/** @throws RunError `row-missing` */
export function rowMissing(table: string, id: string): RunError {
  return new RunError<CardsCode>('row-missing', `The table "${table}" has no row "${id.slice(0, 100)}".`, {
    at: { field: 'row id' },
    hint: 'Give the Row ID that Create Row or Search Rows gave, and see whether the row was deleted meanwhile.',
  });
}

/** The parts of a row as outputs: null each, when there is no row. */
export function rowOutputs(row: TableRow | null, outputs: readonly Field[], columns: readonly Field[]): Outputs {
  const cells = outputs.filter((field) => field.group === CELLS);
  for (const { key } of cells) checkColumn(key, columns);
  return safeObject([
    ['row id', row?.id ?? null],
    ['created', row === null ? null : new Date(row.created)],
    ['updated', row === null ? null : new Date(row.updated)],
    ...cells.map((field) => [fieldName(field), row?.cells[field.key] ?? null] as const),
  ]);
}

/** A row as one object, keyed by column: with the parts that `properties` asks for, or with all. */
export function rowObject(row: TableRow, properties: readonly Field[] | undefined): ValueObject {
  const whole: readonly (readonly [string, Value])[] = [
    [ROW_ID, row.id],
    [CREATED, new Date(row.created)],
    [UPDATED, new Date(row.updated)],
    ...Object.entries(row.cells),
  ];
  if (properties === undefined || properties.length === 0) return safeObject(whole);
  const parts = new Map(whole);
  return safeObject(properties.map(({ key }) => [key, parts.get(key) ?? null]));
}

/** @throws RunError `column-missing` */
export function checkColumn(key: string, columns: readonly Field[]): void {
  if (columns.some((column) => column.key === key)) return;
  throw new RunError('column-missing', `The table has no column "${key.slice(0, 100)}".`, {
    at: { field: key.slice(0, 100) },
    hint: columns.length === 0 ? 'It has no columns.' : `It has: ${columns.map((column) => column.key).join(', ')}.`,
  });
}
