/** Fields and errors that the table cards share. */
import type { ExtraInputs, Field } from '@flowdeck/engine';

export const TABLE = {
  key: 'table',
  type: 'text',
  label: 'Table',
  description: 'Id of the table. The "tables" of the deck declare it.',
  required: true,
} as const satisfies Field;

/** Milliseconds that a whole file may take. */
export const CSV_TIMEOUT = 300_000;

export const ROW_ID_FIELD = {
  key: 'row id',
  type: 'text',
  label: 'Row ID',
  description: 'Id of the row, as Create Row and Search Rows give it.',
  required: true,
} as const satisfies Field;

export const CREATED_FIELD = {
  key: 'created',
  type: 'date',
  label: 'Created',
  description: 'When the row was made.',
} as const satisfies Field;

export const UPDATED_FIELD = {
  key: 'updated',
  type: 'date',
  label: 'Updated',
  description: 'When the row was last written.',
} as const satisfies Field;

/** Values by column: inputs `fields/COLUMN`. */
export const COLUMN_VALUES = {
  type: 'any',
  group: 'fields',
  description: 'Values by column, as "fields/COLUMN". They are converted to the type of the column.',
} as const satisfies ExtraInputs;

export const WHERE = {
  key: 'where',
  type: 'object',
  label: 'Where Expression',
  description:
    'Which rows: {"expr": [{"lhs": COLUMN, "op": OPERATOR, "rhs": VALUE, "join": "AND" or "OR"}]}. Operators: =, !=, <, <=, >, >=. "rhd": NAME instead of "rhs" takes the value of the input "values/NAME". "join" links a condition to the next one; AND binds tighter than OR. Empty: all rows.',
  required: true,
  default: {},
} as const satisfies Field;

/** Values that a Where Expression names: inputs `values/NAME`. */
export const WHERE_VALUES = {
  type: 'any',
  group: 'values',
  description: 'Values that the Where Expression takes by "rhd", as "values/NAME".',
} as const satisfies ExtraInputs;

export const LIMIT = {
  key: 'limit',
  type: 'number',
  label: 'Limit',
  description: 'Rows at most. 0 or less: no limit of your own.',
  required: true,
  default: 0,
} as const satisfies Field;

export const OFFSET = {
  key: 'offset',
  type: 'number',
  label: 'Offset',
  description: 'Rows to skip, from 0.',
  required: true,
  default: 0,
} as const satisfies Field;

export const TABLE_ERRORS = {
  'table-missing': 'There is no table of this id.',
} as const;

export const ROW_ERRORS = {
  ...TABLE_ERRORS,
  'row-missing': 'The table has no row of this id.',
} as const;

export const COLUMN_ERRORS = {
  'column-missing': 'The table has no column of this name.',
} as const;

export const WRITE_ERRORS = {
  ...COLUMN_ERRORS,
  conversion: 'A value does not fit the type of its column.',
  limit: 'The table, or a cell, would hold more than it may.',
} as const;

export const WHERE_ERRORS = {
  ...COLUMN_ERRORS,
  'where-expression': 'The Where Expression is malformed, or names a value that the card has no input for.',
  'where-operator': 'The Where Expression uses an operator that there is not.',
  conversion: 'A value of the Where Expression does not fit the type of its column.',
  limit: 'The Where Expression has too many conditions.',
} as const;
