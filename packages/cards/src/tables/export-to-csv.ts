/** Export to CSV: the rows of a table as a file. */
import { type CardContext, defineCard, type RowQuery, type TableRow } from '@flowdeck/engine';
import { SYSTEM_COLUMNS } from '@flowdeck/engine/kit';
import { checkDelimiter, csvLine } from '../shared/csv-write.js';
import { Turns } from '../shared/turns.js';
import { CSV_TIMEOUT, LIMIT, OFFSET, TABLE, TABLE_ERRORS, WHERE, WHERE_ERRORS, WHERE_VALUES } from './fields.js';
import { checkColumn } from './rows.js';
import { schemaOf } from './schema.js';
import { readWhere } from './where.js';

export const exportToCsv = defineCard({
  id: 'tables.exportToCsv',
  title: 'Export to CSV',
  description:
    'Writes the rows of a table to a file, in the order in which they were made. The first line holds the names of the columns; dates are ISO 8601, empty cells are empty.',
  kind: 'effect',
  named: true,
  inputs: [
    TABLE,
    {
      key: 'filename',
      type: 'text',
      label: 'Filename',
      description: 'Name of the file, with its extension.',
      required: true,
    },
    WHERE,
    {
      key: 'delimiter',
      type: 'text',
      label: 'Delimiter',
      description: 'What separates the cells: one character, or \\t for a tab.',
      required: true,
      default: ',',
    },
    LIMIT,
    OFFSET,
    {
      key: 'columns',
      type: 'text',
      list: true,
      label: 'Columns',
      description: 'The columns to write, in order. Empty: Row ID, Created, Updated and all columns of the table.',
      required: true,
      default: [],
    },
  ],
  extraInputs: WHERE_VALUES,
  outputs: [{ key: 'file', type: 'file', label: 'File Content', description: 'The file.' }],
  timeoutMs: CSV_TIMEOUT,
  errors: {
    ...TABLE_ERRORS,
    ...WHERE_ERRORS,
    'csv-delimiter': 'The delimiter is not a single character that can separate cells.',
    limit: 'The file is larger than the file store takes, or the Where Expression has too many conditions.',
  },
  examples: [
    { in: { table: 'users', filename: 'users.csv', columns: ['name', 'age'] } },
    {
      title: 'A delimiter that cannot be',
      in: { table: 'users', filename: 'users.csv', delimiter: '::' },
      error: 'csv-delimiter',
    },
  ],
  addresses: [
    {
      address: 'root:channels:http:stash:0.0.1:exportToCSV',
      in: {
        'parameters/stash': 'table',
        'File/Filename': 'filename',
        'Filter/Where Expression': 'where',
        'Options/Delimiter': 'delimiter',
        'Options/Limit': 'limit',
        'Options/Offset': 'offset',
        'Options/Columns': 'columns',
      },
      out: { 'CSV/File Content': 'file' },
      also: { '*/Table ID': 'table' },
      extraGroup: '_expr',
    },
  ],
  run: async ({ table, filename, limit, offset, columns, ...inputs }, values, ctx) => {
    const delimiter = checkDelimiter(inputs.delimiter);
    const conditions = readWhere(inputs.where, values);
    const schema = await schemaOf(table, ctx);
    // A column of the table wins over what every row has under the same name.
    const ofRow = SYSTEM_COLUMNS.filter((key) => !schema.columns.some((column) => column.key === key));
    const known = [...ofRow.map((key) => ({ key, type: 'text' }) as const), ...schema.columns];
    const names = columns.length === 0 ? known.map((column) => column.key) : columns.map((name) => name ?? '');
    for (const name of names) checkColumn(name, known);
    const query = {
      ...(conditions === undefined ? {} : { where: conditions }),
      ...(limit > 0 ? { limit } : {}),
      offset,
    };
    const content = encoded(table, query, names, delimiter, ctx);
    return { file: await ctx.files.put({ name: filename, mediaType: 'text/csv' }, content) };
  },
});

async function* encoded(
  table: string,
  query: RowQuery,
  names: readonly string[],
  delimiter: string,
  ctx: CardContext,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const turns = new Turns(ctx);
  yield encoder.encode(csvLine(names, delimiter));
  for await (const rows of ctx.tables.scan(table, query)) {
    const turn = turns.due();
    if (turn !== null) await turn;
    yield encoder.encode(rows.map((row) => csvLine(cellsOf(row, names), delimiter)).join(''));
  }
}

function cellsOf(row: TableRow, names: readonly string[]): readonly string[] {
  return names.map((name) => cellText(row, name));
}

function cellText(row: TableRow, name: string): string {
  switch (Object.hasOwn(row.cells, name) ? '' : name) {
    case 'Row ID':
      return row.id;
    case 'Created':
      return new Date(row.created).toISOString();
    case 'Updated':
      return new Date(row.updated).toISOString();
    default: {
      const cell = row.cells[name] ?? null;
      return cell === null ? '' : cell instanceof Date ? cell.toISOString() : String(cell);
    }
  }
}
