/** Return Error If: ends the flow with an error when a comparison holds. */
import { defineCard } from '@flowdeck/engine';
import { compare } from '@flowdeck/engine/kit';
import { COMPARES, COMPARISON, COMPARISON_ERRORS } from '../shared/fields.js';
import { returnedError } from './raise.js';

export const returnErrorIf = defineCard({
  id: 'flow.returnErrorIf',
  title: 'Return Error If',
  description: 'Ends the flow with an error when the comparison holds, else goes on.',
  kind: 'pure',
  inputs: [
    ...COMPARISON,
    { key: 'message', type: 'text', label: 'message', description: 'What went wrong.', required: true, default: '' },
    {
      key: 'statusCode',
      type: 'number',
      label: 'status code',
      description: 'The HTTP status that fits, also the code of the error. Null: none.',
      default: 400,
    },
  ],
  extraInputs: { type: 'any', description: 'Further properties of the error object.' },
  outputs: [],
  traits: { leaves: 'sometimes', compares: COMPARES },
  errors: { ...COMPARISON_ERRORS, 'returned-error': 'The comparison holds.' },
  examples: [
    { in: { left: '', operator: 'is empty', message: 'No phone number' }, error: 'returned-error' },
    { title: 'Goes on', in: { left: '+15005550006', operator: 'is empty', message: 'No phone number' }, out: {} },
  ],
  addresses: [
    { address: 'root:kernel:control:0.0.1:throwIf', in: { 'left-operand': 'left', 'right-operand': 'right' } },
  ],
  run: (left, operator, right, message, status, extra) => {
    if (compare(left, operator, right)) throw returnedError(message, status, extra);
    return undefined;
  },
});
