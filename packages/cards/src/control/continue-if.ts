/** Continue If: the way to end early without an error. */
import { defineCard } from '@flowdeck/engine';
import { comparator, compare } from '@flowdeck/engine/kit';
import { COMPARES, COMPARISON, COMPARISON_ERRORS } from '../shared/fields.js';

export const continueIf = defineCard({
  id: 'control.continueIf',
  title: 'Continue If',
  description:
    'Goes on when the comparison holds. When it does not, the flow, or the scoped block around the card, ends here with success; the message is the result.',
  kind: 'control',
  inputs: [
    ...COMPARISON,
    { key: 'message', type: 'text', label: 'message', description: 'The result when the flow does not go on.' },
  ],
  outputs: [{ key: 'message', type: 'text', label: 'message', description: 'Null when the flow goes on.' }],
  traits: { passive: true, leaves: 'sometimes', compares: COMPARES },
  errors: COMPARISON_ERRORS,
  examples: [{ in: { left: 'ACTIVE', operator: '==', right: 'ACTIVE', message: 'Nothing to do' } }],
  addresses: [
    {
      address: 'root:kernel:control:0.0.1:continueIf',
      in: { 'left-operand': 'left', 'right-operand': 'right', 'otherwise/message': 'message' },
    },
  ],
  run: (left, operator, right, message, ctx) => (compare(left, operator, right) ? undefined : ctx.stop({ message })),
  prepare: (_left, operator) => {
    if (operator === undefined) return null;
    const holds = comparator(operator);
    return (left, _operator, right, message, ctx) => (holds(left, right) ? undefined : ctx.stop({ message }));
  },
});
