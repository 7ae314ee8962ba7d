/** Round Down: the integer below. */
import { defineCard } from '@flowdeck/engine';
import { NUMBER } from './fields.js';

export const roundDown = defineCard({
  id: 'number.roundDown',
  title: 'Round Down',
  description: 'The largest integer that is not greater than the number.',
  kind: 'pure',
  inputs: [NUMBER],
  outputs: [{ key: 'output', type: 'number', label: 'rounded down', description: 'The integer.' }],
  examples: [
    { in: { number: 3.0001 }, out: { output: 3 } },
    { title: 'Negative', in: { number: -0.5 }, out: { output: -1 } },
    { title: 'Null is 0', in: { number: null }, out: { output: 0 } },
  ],
  addresses: [{ address: 'root:kernel:math:0.0.1:floor', in: { a: 'number' } }],
  run: (number) => ({ output: Math.floor(number) + 0 }),
});
