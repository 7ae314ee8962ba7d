/** Return Error: ends the flow with an error. */
import { defineCard } from '@flowdeck/engine';
import { RAISED_ERRORS, returnedError } from './raise.js';

export const returnError = defineCard({
  id: 'flow.returnError',
  title: 'Return Error',
  description: 'Ends the flow with an error, which an If Error around it or around its caller can catch.',
  kind: 'pure',
  inputs: [
    { key: 'message', type: 'text', label: 'message', description: 'What went wrong.', required: true },
    {
      key: 'statusCode',
      type: 'number',
      label: 'status code',
      description: 'The HTTP status that fits, also the code of the error. Null: none.',
      default: 500,
    },
  ],
  extraInputs: { type: 'any', description: 'Further properties of the error object.' },
  outputs: [],
  traits: { leaves: 'always' },
  errors: RAISED_ERRORS,
  examples: [{ in: { message: 'No such order', statusCode: 404, order: 'A1' }, error: 'returned-error' }],
  addresses: [
    {
      address: 'root:kernel:control:0.0.1:throw',
      in: { statusCode: 'statusCode', message: 'message' },
      model: { mirrored: true, timeout: 10_000 },
    },
  ],
  run: (message, status, extra) => {
    throw returnedError(message, status, extra);
  },
});
