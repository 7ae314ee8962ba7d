/** Search Rows: the rows of a table that fulfil conditions. */
import { defineCard, RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';
import {
  CREATED_FIELD,
  LIMIT,
  OFFSET,
  ROW_ID_FIELD,
  TABLE,
  TABLE_ERRORS,
  UPDATED_FIELD,
  WHERE,
  WHERE_ERRORS,
  WHERE_VALUES,
} from './fields.js';
import { rowObject, rowOutputs } from './rows.js';
import { schemaOf } from './schema.js';
import { readWhere } from './where.js';

export const searchRows = defineCard({
  id: 'tables.searchRows',
  title: 'Search Rows',
  description:
    'Finds the rows that fulfil a Where Expression: the first one, or all, at most 3,500 at a time. No match is no error: the row is null, the list is empty. Texts match as a whole and by case.',
  kind: 'effect',
  named: true,
  inputs: [
    TABLE,
    {
      key: 'result',
      type: 'text',
      label: 'Result Set',
      description: 'one: the first matching row. all: all matching rows; all-new is the same.',
      required: true,
      default: 'one',
      choices: ['one', 'all', 'all-new'],
      openChoices: true,
    },
    WHERE,
    {
      key: 'sort by',
      type: 'text',
      label: 'Sort Column',
      description: 'A column, or Row ID, Created or Updated. Empty: the order in which the rows were made.',
    },
    {
      key: 'direction',
      type: 'text',
      label: 'Sort Direction',
      description: 'asc or desc. Empty cells are the smallest.',
      required: true,
      default: 'desc',
      choices: ['asc', 'desc'],
      openChoices: true,
    },
    LIMIT,
    OFFSET,
  ],
  extraInputs: WHERE_VALUES,
  outputs: [
    { ...ROW_ID_FIELD, description: 'Id of the first row that was found.' },
    { ...CREATED_FIELD, description: 'When that row was made.' },
    { ...UPDATED_FIELD, description: 'When that row was last written.' },
    {
      key: 'rows',
      type: 'object',
      list: true,
      label: 'Rows',
      description:
        'The rows that were found: objects with Row ID, Created, Updated and all columns, or with the properties that this output is declared to have.',
    },
  ],
  extraOutputs: { type: 'any' },
  seesOutputs: true,
  traits: { selects: 'where', orders: 'sort by' },
  errors: {
    ...TABLE_ERRORS,
    ...WHERE_ERRORS,
    'unknown-choice': 'The result set or the direction is none of the known ones.',
  },
  examples: [
    {
      title: 'The first row with a value that the flow computes',
      in: {
        table: 'users',
        where: { expr: [{ lhs: 'name', op: '=', rhd: 'who' }] },
        'values/who': 'Ada',
      },
      out: { 'row id': 'row-1', 'fields/age': 36 },
    },
    {
      title: 'All rows, the oldest first',
      in: {
        table: 'users',
        result: 'all',
        where: {
          expr: [
            { lhs: 'age', op: '>=', rhs: 18, join: 'AND' },
            { lhs: 'name', op: '!=', rhs: '' },
          ],
        },
        'sort by': 'age',
        direction: 'desc',
      },
      out: { rows: [{ 'Row ID': 'row-1', name: 'Ada', age: 36 }] },
    },
    {
      title: 'A malformed Where Expression',
      in: { table: 'users', where: { expr: 'name = Ada' } },
      error: 'where-expression',
    },
  ],
  addresses: [
    {
      address: 'root:channels:http:stash:0.0.1:searchRows2',
      in: {
        'parameters/stash': 'table',
        'parameters/resultSet': 'result',
        'Filter/Where Expression': 'where',
        'Sort/Column': 'sort by',
        'Sort/Direction': 'direction',
        'Sort/Limit': 'limit',
        'Sort/Offset': 'offset',
      },
      out: {
        'Row/Row ID': 'row id',
        'Row/Created': 'created',
        'Row/Updated': 'updated',
        'Fields/*': 'fields/*',
        'Result/Rows': 'rows',
      },
      also: { '*/Table ID': 'table' },
      extraGroup: '_expr',
    },
  ],
  run: async ({ table, limit, offset, ...inputs }, values, ctx, outputs) => {
    const first = choice('result', inputs.result, { one: true, all: false, 'all-new': false });
    const order = choice('direction', inputs.direction, { asc: 'asc', desc: 'desc' } as const);
    const conditions = readWhere(inputs.where, values);
    const { columns } = await schemaOf(table, ctx);
    const rows = await ctx.tables.search(table, {
      ...(conditions === undefined ? {} : { where: conditions }),
      ...(inputs['sort by'] ? { sort: { column: inputs['sort by'], direction: order } } : {}),
      ...(first ? { limit: 1 } : limit > 0 ? { limit } : {}),
      offset,
    });
    const { properties } = outputs.find((field) => field.key === 'rows' && field.group === undefined) ?? {};
    return {
      ...rowOutputs(rows[0] ?? null, outputs, columns),
      rows: rows.map((row) => rowObject(row, properties)),
    };
  },
});

function choice<T>(field: string, given: string, choices: Readonly<Record<string, T>>): T {
  const word = given.trim().toLowerCase();
  for (const [name, value] of Object.entries(choices)) if (name === word) return value;
  throw new RunError<CardsCode>('unknown-choice', `"${given.slice(0, 40)}" is none of the choices.`, {
    at: { field },
    hint: `Choose one of ${Object.keys(choices).join(', ')}.`,
  });
}
