/** Delete Row: removes a row from a table. */
import { defineCard } from '@flowdeck/engine';
import { ROW_ERRORS, ROW_ID_FIELD, TABLE } from './fields.js';
import { rowMissing } from './rows.js';

export const deleteRow = defineCard({
  id: 'tables.deleteRow',
  title: 'Delete Row',
  description: 'Removes a row from a table.',
  kind: 'effect',
  inputs: [TABLE, ROW_ID_FIELD],
  outputs: [],
  errors: ROW_ERRORS,
  examples: [
    { in: { table: 'users', 'row id': 'row-1' }, out: {} },
    { title: 'No such row', in: { table: 'users', 'row id': 'row-9' }, error: 'row-missing' },
  ],
  addresses: [
    {
      address: 'root:channels:http:stash:0.0.1:deleteRow',
      in: { 'parameters/stash': 'table', 'Delete By/Row ID': 'row id' },
      also: { '*/Table ID': 'table' },
    },
  ],
  run: async (table, id, ctx) => {
    if (!(await ctx.tables.remove(table, id))) throw rowMissing(table, id);
    return {};
  },
});
