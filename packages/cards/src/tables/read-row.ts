/** Read Row: the cells of a row. */
import { defineCard } from '@flowdeck/engine';
import { COLUMN_ERRORS, CREATED_FIELD, ROW_ERRORS, ROW_ID_FIELD, TABLE, UPDATED_FIELD } from './fields.js';
import { rowMissing, rowOutputs } from './rows.js';
import { schemaOf } from './schema.js';

export const readRow = defineCard({
  id: 'tables.readRow',
  title: 'Read Row',
  description: 'Gives the cells of a row. Declare an output "fields/COLUMN" for every column to read.',
  kind: 'effect',
  inputs: [TABLE, ROW_ID_FIELD],
  outputs: [ROW_ID_FIELD, CREATED_FIELD, UPDATED_FIELD],
  extraOutputs: { type: 'any' },
  seesOutputs: true,
  errors: { ...ROW_ERRORS, ...COLUMN_ERRORS },
  examples: [
    {
      in: { table: 'users', 'row id': 'row-1' },
      out: {
        'row id': 'row-1',
        created: '2024-05-01T09:00:00.000Z',
        updated: '2024-05-01T09:00:00.000Z',
        'fields/name': 'Ada',
      },
    },
    { title: 'No such row', in: { table: 'users', 'row id': 'row-9' }, error: 'row-missing' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    {
      address: 'root:channels:http:stash:0.0.1:readRow',
      in: { 'parameters/stash': 'table', 'Read By/Row ID': 'row id' },
      out: { 'Row/Row ID': 'row id', 'Row/Created': 'created', 'Row/Updated': 'updated', 'Fields/*': 'fields/*' },
      also: { '*/Table ID': 'table' },
    },
  ],
  run: async (table, id, ctx, outputs) => {
    const { columns } = await schemaOf(table, ctx);
    const row = await ctx.tables.get(table, id);
    if (row === null) throw rowMissing(table, id);
    return rowOutputs(row, outputs, columns);
  },
});
