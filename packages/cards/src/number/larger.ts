/** Larger: whether one number is larger than another. */
import { defineCard } from '@flowdeck/engine';
import { NUMBER_1, NUMBER_2 } from './fields.js';

export const larger = defineCard({
  id: 'number.larger',
  title: 'Larger',
  description: 'Whether the first number is larger than the second.',
  kind: 'pure',
  inputs: [NUMBER_1, NUMBER_2],
  outputs: [{ key: 'output', type: 'boolean', label: 'larger?', description: 'Whether it is.' }],
  examples: [
    { in: { 'number 1': 80, 'number 2': 9 }, out: { output: true } },
    { title: 'Equal', in: { 'number 1': 2, 'number 2': 2 }, out: { output: false } },
    { title: 'Null is 0', in: { 'number 1': null, 'number 2': -1 }, out: { output: true } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:math:0.0.1:larger', in: { a: 'number 1', b: 'number 2' } },
  ],
  run: (first, second) => ({ output: first > second }),
});
