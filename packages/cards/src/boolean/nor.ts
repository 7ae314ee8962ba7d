/** All False?: whether all values are false. */
import { defineCard } from '@flowdeck/engine';
import { A, B, MORE } from './fields.js';

export const nor = defineCard({
  id: 'boolean.nor',
  title: 'All False?',
  description: 'True when every value is false.',
  kind: 'pure',
  inputs: [A, B],
  extraInputs: MORE,
  outputs: [{ key: 'output', type: 'boolean', label: 'all false?', description: 'Whether all are false.' }],
  examples: [
    { in: { a: false, b: false }, out: { output: true } },
    { title: 'More than two', in: { a: false, b: false, c: true }, out: { output: false } },
    { title: 'Null is false', in: { a: null, b: false }, out: { output: true } },
  ],
  run: (a, b, more) => ({ output: !(a || b || Object.values(more).some((value) => value === true)) }),
});
