/** Compare: the verdict of a comparison. */
import { defineCard } from '@flowdeck/engine';
import { comparator, compare as compareValues } from '@flowdeck/engine/kit';
import { COMPARES, COMPARISON, COMPARISON_ERRORS } from '../shared/fields.js';

export const compare = defineCard({
  id: 'boolean.compare',
  title: 'Compare',
  description:
    'Compares two values. "in": a is an item of the list b, or a part of the text b. "has": the object a has the key b; a list or a text has no keys, so for them it is false, and "in" the other way round is meant. "%": a is a multiple of b.',
  kind: 'pure',
  inputs: COMPARISON,
  outputs: [{ key: 'result', type: 'boolean', label: 'result', description: 'Whether the comparison holds.' }],
  traits: { compares: COMPARES },
  errors: COMPARISON_ERRORS,
  examples: [
    { in: { left: 80, operator: '>', right: 9 }, out: { result: true } },
    { title: 'Texts by alphabet', in: { left: '80', operator: '>', right: '9' }, out: { result: false } },
    { title: 'Part of a text', in: { left: 'test', operator: 'in', right: 'this is a test' }, out: { result: true } },
    { title: 'Item of a list', in: { left: 'a', operator: 'in', right: ['a', 'b'] }, out: { result: true } },
    { title: 'Key of an object', in: { left: { a: 1 }, operator: 'has', right: 'a' }, out: { result: true } },
    { title: 'A list has no keys', in: { left: ['a', 'b'], operator: 'has', right: 'a' }, out: { result: false } },
    { title: 'Emptiness', in: { left: '', operator: 'is empty' }, out: { result: true } },
    { title: 'Unknown operator', in: { left: 1, operator: '=', right: 1 }, error: 'unknown-operator' },
  ],
  addresses: [
    { address: 'root:kernel:boolean:0.0.1:compare', in: { 'left-operand': 'left', 'right-operand': 'right' } },
  ],
  run: (left, operator, right) => ({ result: compareValues(left, operator, right) }),
  prepare: (_left, operator) => {
    if (operator === undefined) return null;
    const holds = comparator(operator);
    return (left, _operator, right) => ({ result: holds(left, right) });
  },
});
