/** Update Row: writes columns of a row. */
import { defineCard, RunError, type ValueObject } from '@flowdeck/engine';
import { safeObject } from '@flowdeck/engine/kit';
import type { CardsCode } from '../codes.js';
import { COLUMN_VALUES, ROW_ERRORS, ROW_ID_FIELD, TABLE, WRITE_ERRORS } from './fields.js';
import { rowMissing } from './rows.js';

export const updateRow = defineCard({
  id: 'tables.updateRow',
  title: 'Update Row',
  description:
    'Writes the given columns of a row and leaves the others alone. An empty value leaves its cell as it is, unless empty inputs are to be written too.',
  kind: 'effect',
  inputs: [
    TABLE,
    ROW_ID_FIELD,
    {
      key: 'update empty inputs',
      type: 'text',
      label: 'Update Empty Inputs?',
      description: 'Yes: an empty value, which is null or "", clears its cell.',
      required: true,
      default: 'No',
      choices: ['No', 'Yes'],
      openChoices: true,
    },
  ],
  extraInputs: COLUMN_VALUES,
  outputs: [],
  errors: { ...ROW_ERRORS, ...WRITE_ERRORS, 'unknown-choice': 'Update Empty Inputs is neither Yes nor No.' },
  examples: [
    { in: { table: 'users', 'row id': 'row-1', 'fields/age': 37, 'fields/name': '' }, out: {} },
    { title: 'No such row', in: { table: 'users', 'row id': 'row-9', 'fields/age': 37 }, error: 'row-missing' },
  ],
  addresses: [
    {
      address: 'root:channels:http:stash:0.0.1:updateRow',
      in: {
        'parameters/stash': 'table',
        'Update By/Row ID': 'row id',
        'parameters/updateEmptyInputs': 'update empty inputs',
      },
      also: { '*/Table ID': 'table' },
      extraGroup: 'Fields',
    },
  ],
  run: async (table, id, updateEmpty, values, ctx) => {
    const given = clearsCells(updateEmpty) ? values : withoutEmpty(values);
    if (!(await ctx.tables.update(table, id, given))) throw rowMissing(table, id);
    return {};
  },
});

function withoutEmpty(values: ValueObject): ValueObject {
  return safeObject(Object.entries(values).filter(([, value]) => value !== '' && value !== null));
}

function clearsCells(choice: string): boolean {
  const word = choice.trim().toLowerCase();
  if (word === '' || word === 'no' || word === 'false') return false;
  if (word === 'yes' || word === 'true') return true;
  throw new RunError<CardsCode>('unknown-choice', `"${choice.slice(0, 40)}" is neither Yes nor No.`, {
    at: { field: 'update empty inputs' },
    hint: 'Choose Yes or No.',
  });
}
