/** Import From CSV: adds the lines of a file to a table. */
import {
  CancelledError,
  type CardContext,
  defineCard,
  FlowdeckError,
  RunError,
  type TableColumn,
} from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';
import { FILE_ERRORS, fileContent } from '../files/content.js';
import { charsetOf } from '../shared/charset.js';
import { CSV_ERRORS, readCsv } from '../shared/csv-read.js';
import { Turns } from '../shared/turns.js';
import { Batch } from './csv-batch.js';
import { TITLE_ERRORS, titlesToColumns } from './csv-titles.js';
import { CSV_TIMEOUT, TABLE, TABLE_ERRORS, WRITE_ERRORS } from './fields.js';
import { schemaOf } from './schema.js';

/** Milliseconds for a whole file. */

export const importFromCsv = defineCard({
  id: 'tables.importFromCsv',
  title: 'Import From CSV',
  description:
    'Adds a row for every line of a CSV file, whose first line holds titles. For a True/False column, true, yes, on, 1, t and y are true, and false, no, off, 0, f and n are false, in any case; another text is an error. Without a selection or a mapping, the columns are taken whose names are titles of the file. A title that is not there is taken to be one that differs in capitals and the blanks around it only. An error tells the line; the lines before it may have been added, and "imported" says how many.',
  kind: 'effect',
  named: true,
  inputs: [
    TABLE,
    {
      key: 'file',
      type: 'file',
      label: 'File Content',
      description: 'The file.',
      required: true,
    },
    {
      key: 'select',
      type: 'text',
      list: true,
      label: 'Select',
      description: 'Columns to take whose titles in the file are their names in the table.',
      required: true,
      default: [],
    },
    {
      key: 'mapping',
      type: 'object',
      label: 'Mapping',
      description: 'Titles of the file and the columns that they are for: {TITLE: COLUMN}.',
      required: true,
      default: {},
    },
    {
      key: 'delimiter',
      type: 'text',
      label: 'Delimiter',
      description: 'What separates the cells: one character, or \\t for a tab. A first line such as sep=; goes before.',
      required: true,
      default: ',',
    },
    {
      key: 'clear destination',
      type: 'boolean',
      label: 'Clear Destination',
      description: 'True: the rows that the table has are removed, once the titles of the file are found to fit.',
      required: true,
      default: false,
    },
    {
      key: 'charset',
      type: 'text',
      label: 'Character Set',
      description:
        'Such as windows-1252 or utf-16le. Empty: what the media type of the file names, else UTF-8. A byte order mark goes before.',
    },
  ],
  outputs: [{ key: 'imported', type: 'number', label: 'Imported Rows', description: 'How many rows were added.' }],
  timeoutMs: CSV_TIMEOUT,
  errors: { ...TABLE_ERRORS, ...WRITE_ERRORS, ...FILE_ERRORS, ...CSV_ERRORS, ...TITLE_ERRORS },
  examples: [
    { in: { table: 'users', file: 'file-1', mapping: { 'Full name': 'name' } }, out: { imported: 2 } },
    {
      title: 'A column that the table has not',
      in: { table: 'users', file: 'file-1', select: ['nam'] },
      error: 'column-missing',
    },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    {
      address: 'root:channels:http:stash:0.0.1:importFromCSV',
      in: {
        'parameters/stash': 'table',
        'Source/File Content': 'file',
        'Options/Select': 'select',
        'Options/Mapping': 'mapping',
        'Options/Delimiter': 'delimiter',
        'Options/Clear Destination': 'clear destination',
      },
      out: { 'Result/Imported Rows': 'imported' },
      also: { '*/Table ID': 'table' },
      lacks: { in: ['charset'] },
    },
  ],
  run: async ({ table, file, select, mapping, delimiter, charset, 'clear destination': clears }, ctx) => {
    const { columns } = await schemaOf(table, ctx);
    const content = await fileContent(file, ctx);
    const batch = new Batch(table, ctx.tables);
    const named = charset || charsetOf(file.mediaType);
    const lines = readCsv(content, { delimiter, ...(named === undefined ? {} : { charset: named }) });
    try {
      await importLines(lines, batch, columns, { select, mapping, clears, table }, ctx);
    } catch (error) {
      throw withCount(error, batch.imported);
    }
    return { imported: batch.imported };
  },
});

async function importLines(
  lines: ReturnType<typeof readCsv>,
  batch: Batch,
  columns: readonly TableColumn[],
  {
    clears,
    table,
    ...wanted
  }: Parameters<typeof titlesToColumns>[2] & { readonly clears: boolean; readonly table: string },
  ctx: CardContext,
): Promise<void> {
  let titles: readonly string[] | null = null;
  const turns = new Turns(ctx);
  for await (const { line, cells } of lines) {
    const turn = turns.due();
    if (turn !== null) await turn;
    if (titles === null) {
      titles = cells;
      batch.take(titlesToColumns(titles, columns, wanted));
      if (clears) await ctx.tables.clear(table);
      continue;
    }
    // Empty cells beyond the titles come from delimiters at the end of lines.
    if (cells.length > titles.length && cells.slice(titles.length).some((cell) => cell !== '')) {
      throw new RunError<CardsCode>(
        'csv-line',
        `Line ${line} has ${cells.length} cells, and there are ${titles.length} titles.`,
        {
          hint: 'Put quotation marks around cells that hold the delimiter.',
          extra: { line },
        },
      );
    }
    const full = batch.add(line, cells);
    if (full) await batch.flush();
  }
  if (titles === null) titlesToColumns([], columns, wanted);
  await batch.flush();
}

/** The same error, which also says how many rows were added before. */
function withCount(error: unknown, imported: number): unknown {
  if (!(error instanceof FlowdeckError) || error instanceof CancelledError || imported === 0) return error;
  // The same code, whoever chose it.
  return new RunError<CardsCode>(error.code as CardsCode, `${error.message} ${imported} rows were imported before.`, {
    at: error.at,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    extra: { ...(error instanceof RunError ? error.extra : {}), imported },
    cause: error,
  });
}
