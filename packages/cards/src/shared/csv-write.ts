/** Writes CSV (RFC 4180). */
import { RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';

/**
 * One line with its end. Cells that hold the delimiter, quotation marks, line breaks, or blanks at an end are quoted.
 *
 * @example
 * csvLine(['a', 'say "hi"'], ','); // 'a,"say ""hi"""\r\n'
 */
export function csvLine(cells: readonly string[], delimiter: string): string {
  // A line with nothing on it is no record for those who read it, and a row would be lost.
  if (cells.length === 1 && cells[0] === '') return '""\r\n';
  return `${cells.map((cell) => csvCell(cell, delimiter)).join(delimiter)}\r\n`;
}

function csvCell(cell: string, delimiter: string): string {
  const plain = !cell.includes(delimiter) && !/["\r\n]|^\s|\s$/.test(cell);
  return plain ? cell : `"${cell.replaceAll('"', '""')}"`;
}

/**
 * The delimiter that an author wrote: one character, or the two characters `\t` for a tab. Empty: a comma.
 *
 * @throws RunError `csv-delimiter`
 */
export function checkDelimiter(delimiter: string): string {
  if (delimiter === '') return ',';
  if (delimiter === '\\t') return '\t';
  if ([...delimiter].length === 1 && !/["\r\n\uFEFF]/.test(delimiter)) return delimiter;
  throw new RunError<CardsCode>(
    'csv-delimiter',
    `${JSON.stringify(delimiter.slice(0, 20))} cannot separate the cells of CSV.`,
    {
      at: { field: 'delimiter' },
      hint: 'Use one character, such as , or ; or a tab, which is written \\t.',
    },
  );
}
