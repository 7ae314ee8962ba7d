/** Fills tables of a deck from CSV files. */
import {
  createEngine,
  type FlowFile,
  memoryFiles,
  memoryTables,
  type RowValues,
  type TableStore,
} from '@flowdeck/engine';
import { isDeck, isSameName, type TableDocument } from '@flowdeck/engine/kit';
import { UsageError } from '../errors.js';
import { didYouMean } from '../suggest.js';
import { readBytes } from '../system/files.js';
import type { Io } from '../system/io.js';
import { basename } from '../system/node.js';
import { quickClock } from '../system/ports.js';
import { delimiterOf } from './delimiter.js';

/**
 * A store with the tables of the deck, those of `--table NAME=FILE.csv` filled. The titles of a file that are columns
 * of its table are taken.
 *
 * @throws UsageError `table-option` (not NAME=FILE), `unknown-table`, `table-file` (the file does not fit), and what
 * reading a file throws.
 */
export async function openTables(
  options: readonly string[],
  charset: string | undefined,
  document: FlowFile,
  io: Io,
): Promise<TableStore> {
  const declared = isDeck(document) ? (document.tables ?? []) : [];
  const clock = quickClock();
  const store = memoryTables(clock);
  for (const table of declared) await store.define(table);
  const files = memoryFiles(clock);
  const { standardFor } = await import('@flowdeck/cards/modules');
  const engine = createEngine({ packs: [await standardFor([IMPORT])], ports: { clock, tables: store, files } });
  for (const option of options) {
    const { table, path } = readOption(option, declared);
    const columns = table.columns.map(({ key }) => key);
    const content = await readBytes(path, io);
    const delimiter = delimiterOf(content, columns);
    const file = await files.put({ name: basename(path), mediaType: 'text/csv' }, content);
    const loaded = engine.load(importing(table, delimiter, charset));
    const result = await engine.run(loaded, { inputs: { file }, signal: io.signal });
    if (result.error === null) continue;
    const { code, message } = result.error;
    const hint = REMEDIES[code] ?? result.error.hint;
    throw new UsageError('table-file', `${path} cannot fill the table "${table.name ?? table.id}": ${message}`, {
      at: { file: path },
      ...(hint === undefined ? {} : { hint }),
      cause: result.error.cause,
    });
  }
  return store;
}

/** All rows of the tables that the deck declares, by table id. */
export async function rowsOf(store: TableStore, document: FlowFile): Promise<Record<string, RowValues[]>> {
  const rows: Record<string, RowValues[]> = {};
  for (const { id } of isDeck(document) ? (document.tables ?? []) : []) {
    const cells: RowValues[] = [];
    for await (const part of store.scan(id, {})) cells.push(...part.map((row) => row.cells));
    rows[id] = cells;
  }
  return rows;
}

function readOption(option: string, declared: readonly TableDocument[]) {
  const [, name, path] = /^([^=]+)=(.+)$/s.exec(option) ?? [];
  if (name === undefined || path === undefined) {
    throw new UsageError('table-option', `--table ${JSON.stringify(option)} is not NAME=FILE.`, {
      hint: 'NAME is the id or the name of a table of the deck: --table users=users.csv',
    });
  }
  const table = declared.find((each) => each.id === name) ?? declared.find((each) => isSameName(each.name, name));
  if (table) return { table, path };
  const names = declared.flatMap((each) => [each.id, ...(each.name === undefined ? [] : [each.name])]);
  const tables = names.length === 0 ? 'The deck declares none.' : `Tables: ${names.join(', ')}.`;
  throw new UsageError('unknown-table', `There is no table ${JSON.stringify(name)}.`, {
    hint: didYouMean(name, names) ?? tables,
  });
}

/** Where the card's hint names an input of the card. */
const REMEDIES: Readonly<Record<string, string>> = {
  'csv-charset': 'Save the file as UTF-8, or name its character set: --table-charset windows-1252',
};

const IMPORT = 'tables.importFromCsv';

/** A flow that does what a flow of the user's would do to read the file. */
function importing(table: TableDocument, delimiter: string, charset = ''): FlowFile {
  return {
    flowdeck: 1,
    flows: [
      {
        id: 'fill',
        type: 'manual',
        inputs: [{ key: 'file', type: 'file', required: true }],
        cards: [{ card: IMPORT, in: { table: table.id, file: { from: '/inputs/file' }, delimiter, charset } }],
      },
    ],
    tables: [table],
  };
}
