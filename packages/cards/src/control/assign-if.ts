/** Assign If: one of two values. */
import { defineCard } from '@flowdeck/engine';
import { comparator, compare } from '@flowdeck/engine/kit';
import { COMPARES, COMPARISON, COMPARISON_ERRORS } from '../shared/fields.js';

export const assignIf = defineCard({
  id: 'control.assignIf',
  title: 'Assign If',
  description: 'Compares two values and gives one of two others.',
  kind: 'pure',
  inputs: [
    ...COMPARISON,
    { key: 'valueIfTrue', type: 'any', label: 'value if true', description: 'The output when the comparison holds.' },
    { key: 'valueIfFalse', type: 'any', label: 'value if false', description: 'The output when it does not.' },
  ],
  outputs: [{ key: 'output', type: 'any', label: 'output', description: 'One of the two values.' }],
  traits: { assigns: true, compares: COMPARES },
  errors: COMPARISON_ERRORS,
  examples: [
    {
      in: { left: 'ACTIVE', operator: '==', right: 'ACTIVE', valueIfTrue: 'yes', valueIfFalse: 'no' },
      out: { output: 'yes' },
    },
    { title: 'Without a value', in: { left: 1, operator: '<', right: 0, valueIfTrue: 'yes' }, out: { output: null } },
    { title: 'Unknown operator', in: { left: 1, operator: '~', right: 1 }, error: 'unknown-operator' },
  ],
  addresses: [
    { address: 'root:kernel:control:0.0.1:assignIf', in: { 'left-operand': 'left', 'right-operand': 'right' } },
  ],
  run: (left, operator, right, ifTrue, ifFalse) => ({ output: compare(left, operator, right) ? ifTrue : ifFalse }),
  prepare: (_left, operator) => {
    if (operator === undefined) return null;
    const holds = comparator(operator);
    return (left, _operator, right, ifTrue, ifFalse) => ({ output: holds(left, right) ? ifTrue : ifFalse });
  },
});
