/** Read Table: the columns of a table. */
import { defineCard } from '@flowdeck/engine';
import { TABLE, TABLE_ERRORS } from './fields.js';
import { schemaOf } from './schema.js';

export const readTable = defineCard({
  id: 'tables.readTable',
  title: 'Read Table',
  description: 'Gives the columns of a table, and not its rows.',
  kind: 'effect',
  inputs: [TABLE],
  outputs: [
    {
      key: 'column schema',
      type: 'object',
      list: true,
      label: 'Column Schema',
      description: 'An object for every column, in order.',
      properties: [
        { key: 'name', type: 'text', description: 'Name of the column.' },
        { key: 'type', type: 'text', description: 'text, number, boolean or date.' },
        { key: 'default', type: 'any', description: 'What a new row gets where nothing is given.' },
      ],
    },
  ],
  errors: TABLE_ERRORS,
  examples: [
    {
      in: { table: 'users' },
      out: {
        'column schema': [
          { name: 'name', type: 'text', default: null },
          { name: 'age', type: 'number', default: 0 },
        ],
      },
    },
    { title: 'No such table', in: { table: 'nowhere' }, error: 'table-missing' },
  ],
  addresses: [
    {
      address: 'root:channels:http:stash:0.0.1:readTable',
      in: { 'parameters/stash': 'table' },
      out: { 'Output/Column Schema': 'column schema' },
      also: { '*/Table ID': 'table' },
    },
  ],
  run: async (table, ctx) => {
    const { columns } = await schemaOf(table, ctx);
    return {
      'column schema': columns.map(({ key, type, default: standard }) => ({ name: key, type, default: standard })),
    };
  },
});
