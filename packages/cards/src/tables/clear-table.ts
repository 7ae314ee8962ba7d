/** Clear Table: removes all rows of a table. */
import { defineCard } from '@flowdeck/engine';
import { TABLE, TABLE_ERRORS } from './fields.js';

export const clearTable = defineCard({
  id: 'tables.clearTable',
  title: 'Clear Table',
  description: 'Removes all rows of a table. Its columns stay.',
  kind: 'effect',
  inputs: [TABLE],
  outputs: [{ key: 'cleared rows', type: 'number', label: 'Cleared Rows', description: 'How many rows there were.' }],
  errors: TABLE_ERRORS,
  examples: [
    { in: { table: 'users' }, out: { 'cleared rows': 12 } },
    { title: 'No such table', in: { table: 'nowhere' }, error: 'table-missing' },
  ],
  addresses: [
    {
      address: 'root:channels:http:stash:0.0.1:clearTable',
      in: { 'parameters/stash': 'table' },
      out: { 'Table/Cleared Rows': 'cleared rows' },
      also: { '*/Table ID': 'table' },
    },
  ],
  run: async (table, ctx) => ({ 'cleared rows': await ctx.tables.clear(table) }),
});
