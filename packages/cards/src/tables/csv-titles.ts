/** Which cell of a line of CSV belongs into which column of a table. */
import { RunError, type TableColumn, type Value, type ValueObject } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';
import { checkColumn } from './rows.js';

export const TITLE_ERRORS = {
  'csv-title': 'A title is missing, there twice, or there is none that fits a column.',
  'csv-line': 'A line has more cells than there are titles.',
} as const;

/** A position in the lines of the file, and the column that it fills. */
export interface Assignment {
  readonly position: number;
  readonly column: TableColumn;
}

/**
 * @throws RunError `csv-title`, `column-missing`
 */
export function titlesToColumns(
  titles: readonly string[],
  columns: readonly TableColumn[],
  { select, mapping }: { readonly select: readonly (string | null)[]; readonly mapping: ValueObject },
): readonly Assignment[] {
  const wanted = new Map<string, string>();
  for (const name of select) if (name) wanted.set(name, name);
  for (const [title, column] of Object.entries(mapping))
    if (column !== null && column !== '') wanted.set(title, nameOf(column));
  const chosen = wanted.size > 0;
  if (!chosen) for (const { key } of columns) if (titles.includes(key)) wanted.set(key, key);
  const taken = new Map<string, Assignment>();
  for (const [title, key] of wanted) {
    checkColumn(key, columns);
    // It is there: a column that is not has just been refused.
    const column = columns.find((one) => one.key === key)!;
    const position = titles.indexOf(title);
    if (position < 0) throw unfitTitles(`it has no title ${quoted(title)}`, titles);
    if (titles.indexOf(title, position + 1) >= 0) throw unfitTitles(`two of its titles are ${quoted(title)}`, titles);
    if (taken.has(key)) throw unfitTitles(`two of its titles are for the column ${quoted(key)}`, titles);
    taken.set(key, { position, column });
  }
  if (taken.size === 0) throw unfitTitles('none of its titles is a column of the table', titles);
  return [...taken.values()];
}

function nameOf(column: Value): string {
  return typeof column === 'string' ? column : JSON.stringify(column);
}

function unfitTitles(why: string, titles: readonly string[]): RunError {
  const known = titles.slice(0, 20).map(quoted).join(', ');
  return new RunError<CardsCode>('csv-title', `The file cannot be imported: ${why}.`, {
    hint: titles.length === 0 ? 'The file is empty: its first line holds the titles.' : `Its titles are ${known}.`,
  });
}

function quoted(title: string): string {
  return JSON.stringify(title.slice(0, 60));
}
