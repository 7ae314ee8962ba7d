/** The error that a block or a flow is given when something failed. */
import type { CardBuilder } from './builder.js';

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

export function addError(start: CardBuilder): void {
  for (const side of ['inputs', 'outputs'] as const) {
    start.add(side, { group: 'context', key: 'error', type: ERROR, data: null });
  }
}
