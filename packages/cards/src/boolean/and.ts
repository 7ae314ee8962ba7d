/** And: whether all values are true. */
import { defineCard } from '@flowdeck/engine';
import { A, B, MORE } from './fields.js';

export const and = defineCard({
  id: 'boolean.and',
  title: 'And',
  description: 'True when every value is true.',
  kind: 'pure',
  inputs: [A, B],
  extraInputs: MORE,
  outputs: [{ key: 'output', type: 'boolean', label: 'all true?', description: 'Whether all are true.' }],
  examples: [
    { in: { a: true, b: false }, out: { output: false } },
    { title: 'More than two', in: { a: true, b: true, c: 'true' }, out: { output: true } },
    { title: 'Null is false', in: { a: true, b: true, c: null }, out: { output: false } },
  ],
  run: (a, b, more) => ({ output: a && b && Object.values(more).every((value) => value === true) }),
});
