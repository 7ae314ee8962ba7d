/** The error that a block or a flow is given when something failed. */
import type { CardBuilder, FieldBuilder } from './builder.js';

const ERROR = {
  type: {
    message: { type: 'string', collection: false },
    method: { type: 'string', collection: false },
    flo: { type: 'number', collection: false },
    execution: { type: 'string', collection: false },
    code: { type: 'string', collection: false },
    statusCode: { type: 'number', collection: false },
    body: { type: 'object', collection: false },
  },
  collection: false,
} as const;

/** Its output of the start card; a card that has none yet gets one. */
export function addError(start: CardBuilder): FieldBuilder {
  const spec = { group: 'context', key: 'error', type: ERROR, data: null };
  start.add('inputs', spec);
  return start.add('outputs', spec);
}
