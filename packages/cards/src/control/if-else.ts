/** If/Else: runs one of two blocks. */
import { chooser, defineCard, type Value } from '@flowdeck/engine';
import { comparator, compare } from '@flowdeck/engine/kit';
import { COMPARES, COMPARISON, COMPARISON_ERRORS } from '../shared/fields.js';

const LANES = ['then', 'else'];

export const ifElse = defineCard({
  id: 'control.ifElse',
  title: 'If/Else',
  description:
    'Compares two values and runs one of two blocks. A Return in a block ends the flow. The outputs are those that the block that ran gives in its "out".',
  kind: 'control',
  inputs: COMPARISON,
  outputs: [],
  blocks: {
    then: { scope: 'inline', description: 'Runs when the comparison holds.' },
    else: { scope: 'inline', description: 'Runs when it does not. May be left out.' },
  },
  traits: { passive: true, chooses: true, compares: COMPARES },
  errors: COMPARISON_ERRORS,
  examples: [{ title: 'An amount above a limit', in: { left: 120, operator: '>', right: 100 } }],
  addresses: [{ address: 'root:kernel:control:0.0.1:if', in: { 'left-operand': 'left', 'right-operand': 'right' } }],
  run: chooser(LANES, (left: Value, operator: string, right: Value) => (compare(left, operator, right) ? 0 : 1)),
  prepare: (_left, operator) => {
    if (operator === undefined) return null;
    const holds = comparator(operator);
    return chooser(LANES, (left: Value, _operator: string, right: Value) => (holds(left, right) ? 0 : 1));
  },
});
