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
  if (!chosen) for (const { key } of columns) if (positionsOf(key, titles).length > 0) wanted.set(key, key);
  const taken = new Map<string, Assignment>();
  for (const [title, key] of wanted) {
    checkColumn(key, columns);
    // It is there: a column that is not has just been refused.
    const column = columns.find((one) => one.key === key)!;
    const [position, another] = positionsOf(title, titles);
    if (position === undefined) throw unfitTitles(`it has no title ${quoted(title)}`, titles, columns);
    if (another !== undefined) throw unfitTitles(`two of its titles are ${quoted(title)}`, titles, columns);
    if (taken.has(key)) throw unfitTitles(`two of its titles are for the column ${quoted(key)}`, titles, columns);
    taken.set(key, { position, column });
  }
  if (taken.size === 0) throw unfitTitles('none of its titles is a column of the table', titles, columns);
  return [...taken.values()];
}

function nameOf(column: Value): string {
  return typeof column === 'string' ? column : JSON.stringify(column);
}

/** Where a title stands; when it stands nowhere, where one stands that differs in blanks around it and capitals only. */
function positionsOf(title: string, titles: readonly string[]): readonly number[] {
  const where = (fits: (each: string) => boolean) => titles.flatMap((each, at) => (fits(each) ? [at] : []));
  const plain = (words: string) => words.trim().toLowerCase();
  const exact = where((each) => each === title);
  return exact.length > 0 ? exact : where((each) => plain(each) === plain(title));
}

/** What may have been meant to separate the cells of a line that has but one. */
const SEPARATOR = /[;\t|:^~]/;

function unfitTitles(why: string, titles: readonly string[], columns: readonly TableColumn[]): RunError {
  const delimiter = titles.length === 1 ? SEPARATOR.exec(titles[0] ?? '')?.[0] : undefined;
  const hints = [
    `Its titles are ${listed(titles)}, the columns ${listed(columns.map(({ key }) => key))}.`,
    ...(delimiter === undefined ? [] : [`Name the delimiter, if it is ${quoted(delimiter)}.`]),
  ];
  return new RunError<CardsCode>('csv-title', `The file cannot be imported: ${why}.`, {
    hint: titles.length === 0 ? 'The file is empty: its first line holds the titles.' : hints.join(' '),
  });
}

function listed(names: readonly string[]): string {
  return names.slice(0, 20).map(quoted).join(', ');
}

function quoted(title: string): string {
  return JSON.stringify(title.slice(0, 60));
}
