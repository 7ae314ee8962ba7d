/** Any False?: whether any value is false. */
import { defineCard } from '@flowdeck/engine';
import { A, B, MORE } from './fields.js';

export const nand = defineCard({
  id: 'boolean.nand',
  title: 'Any False?',
  description: 'True when at least one value is false.',
  kind: 'pure',
  inputs: [A, B],
  extraInputs: MORE,
  outputs: [{ key: 'output', type: 'boolean', label: 'any false?', description: 'Whether any is false.' }],
  examples: [
    { in: { a: true, b: true }, out: { output: false } },
    { title: 'More than two', in: { a: true, b: true, c: false }, out: { output: true } },
    { title: 'Null is false', in: { a: true, b: true, c: null }, out: { output: true } },
  ],
  run: (a, b, more) => ({ output: !(a && b && Object.values(more).every((value) => value === true)) }),
});
