/** Create Row: adds a row to a table. */
import { defineCard } from '@flowdeck/engine';
import { COLUMN_VALUES, ROW_ID_FIELD, TABLE, TABLE_ERRORS, WRITE_ERRORS } from './fields.js';

export const createRow = defineCard({
  id: 'tables.createRow',
  title: 'Create Row',
  description: 'Adds a row to a table. Columns without a value, or with an empty one, get their default.',
  kind: 'effect',
  inputs: [TABLE],
  extraInputs: COLUMN_VALUES,
  outputs: [{ ...ROW_ID_FIELD, description: 'Id of the new row.' }],
  errors: { ...TABLE_ERRORS, ...WRITE_ERRORS },
  examples: [
    { in: { table: 'users', 'fields/name': 'Ada', 'fields/age': 36 }, out: { 'row id': 'row-1' } },
    {
      title: 'A value that does not fit its column',
      in: { table: 'users', 'fields/age': 'many' },
      error: 'conversion',
    },
  ],
  addresses: [
    {
      address: 'root:channels:http:stash:0.0.1:createRow',
      in: { 'parameters/stash': 'table' },
      out: { 'Output/Row ID': 'row id' },
      also: { '*/Table ID': 'table' },
      extraGroup: 'Fields',
    },
  ],
  run: async (table, values, ctx) => {
    const [id = null] = await ctx.tables.insert(table, [values]);
    return { 'row id': id };
  },
});
