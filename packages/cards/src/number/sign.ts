/** Sign: whether a number is negative, zero or positive. */
import { defineCard } from '@flowdeck/engine';
import { NUMBER } from './fields.js';

export const numberSign = defineCard({
  id: 'number.sign',
  title: 'Sign',
  description: '-1 for a negative number, 0 for 0, 1 for a positive number.',
  kind: 'pure',
  inputs: [NUMBER],
  outputs: [{ key: 'output', type: 'number', label: 'sign', description: '-1, 0 or 1.' }],
  examples: [
    { in: { number: -2.5 }, out: { output: -1 } },
    { title: 'Positive', in: { number: 7 }, out: { output: 1 } },
    { title: 'Null is 0', in: { number: null }, out: { output: 0 } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:math:0.0.1:sign', in: { a: 'number' } },
  ],
  run: (number) => ({ output: Math.sign(number) + 0 }),
});
