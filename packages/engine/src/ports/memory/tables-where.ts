/** Conditions on rows, compiled against the columns of a table. */
import { RunError } from '../../errors.js';
import type { RowCondition, RowOperator, RowQuery } from '../tables.js';
import { CREATED, type Layout, ROW_ID, type StoredCell, storeCell, UPDATED } from './tables-layout.js';
import { beyond } from './tables-limits.js';
import { numberOfRow, type Row } from './tables-row.js';

export type RowTest = (row: Row) => boolean;
export type CellReader = (row: Row) => StoredCell;

/** A search whose rows all have `value` in the column at `position`, so that an index finds them. */
export interface Equality {
  readonly position: number;
  readonly value: StoredCell;
}

export interface Where {
  readonly test: RowTest;
  readonly equality: Equality | null;
}

const ALL: Where = { test: () => true, equality: null };

/** @throws RunError `column-missing`, `where-operator`; ConversionError; LimitError */
export function compileWhere(groups: RowQuery['where'], layout: Layout): Where {
  if (groups === undefined) return ALL;
  const count = groups.reduce((sum, group) => sum + group.length, 0);
  if (count > layout.limits.conditions) throw beyond('conditions', layout.limits);
  const compiled = groups.map((group) => group.map((condition) => compileCondition(condition, layout)));
  const tests = compiled.map((group) => every(group.map(({ test }) => test)));
  const [only] = compiled;
  const equality = compiled.length === 1 ? (only?.find((one) => one.equality !== null)?.equality ?? null) : null;
  const [first] = tests;
  return { test: tests.length === 1 && first ? first : (row) => tests.some((test) => test(row)), equality };
}

function every(tests: readonly RowTest[]): RowTest {
  const [first, second] = tests;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  return (row) => {
    for (const test of tests) if (!test(row)) return false;
    return true;
  };
}

function compileCondition(condition: RowCondition, layout: Layout): Where {
  const { column, operator } = condition;
  // A flow's text may be anything: own properties only.
  const compare = Object.hasOwn(TESTS, operator) ? TESTS[operator] : undefined;
  if (compare === undefined) throw unknownOperator(operator);
  // Before the value, so that a column that is not there is told as such.
  const read = readerOf(column, layout);
  const position = layout.find(column);
  const value = storedValue(condition, position, layout);
  const equality = operator === '=' && position !== undefined ? { position, value } : null;
  return { test: compare(read, value), equality };
}

/** The value in the type of the column; null stands for an empty one. */
function storedValue({ column, value }: RowCondition, position: number | undefined, layout: Layout): StoredCell {
  if (position !== undefined) return layout.store(position, value);
  if (column !== ROW_ID) return storeCell(value, { key: column, type: 'date' }, layout.limits);
  const id = storeCell(value, { key: column, type: 'text' }, layout.limits);
  // What is no id of ours equals no row, and stands before all of them.
  return typeof id === 'string' ? (numberOfRow(id) ?? -1) : null;
}

/** @throws RunError `column-missing` */
export function readerOf(column: string, layout: Layout): CellReader {
  // A column of the table wins over what every row has under the same name.
  if (layout.find(column) === undefined) {
    if (column === ROW_ID) return (row) => row.number;
    if (column === CREATED) return (row) => row.created;
    if (column === UPDATED) return (row) => row.updated;
  }
  const position = layout.position(column);
  return (row) => row.cells[position] ?? null;
}

/** Both sides are of one type, or empty: only `=` and `!=` hold for what is empty. */
const TESTS: Readonly<Record<RowOperator, (read: CellReader, value: StoredCell) => RowTest>> = {
  '=': (read, value) => (row) => read(row) === value,
  '!=': (read, value) => (row) => read(row) !== value,
  '<': (read, value) => (row) => less(read(row), value),
  '<=': (read, value) => (row) => lessOrSame(read(row), value),
  '>': (read, value) => (row) => less(value, read(row)),
  '>=': (read, value) => (row) => lessOrSame(value, read(row)),
};

function less(a: StoredCell, b: StoredCell): boolean {
  return a !== null && b !== null && a < b;
}

function lessOrSame(a: StoredCell, b: StoredCell): boolean {
  return a !== null && b !== null && a <= b;
}

function unknownOperator(operator: string): RunError {
  return new RunError('where-operator', `Rows cannot be compared with "${String(operator).slice(0, 40)}".`, {
    hint: `Use one of ${Object.keys(TESTS).join(', ')}.`,
  });
}
