/** Round Up: the next integer. */
import { defineCard } from '@flowdeck/engine';
import { NUMBER } from './fields.js';

export const roundUp = defineCard({
  id: 'number.roundUp',
  title: 'Round Up',
  description: 'The smallest integer that is not less than the number.',
  kind: 'pure',
  inputs: [NUMBER],
  outputs: [{ key: 'output', type: 'number', label: 'rounded up', description: 'The integer.' }],
  examples: [
    { in: { number: 3.0001 }, out: { output: 4 } },
    { title: 'Negative', in: { number: -0.5 }, out: { output: 0 } },
    { title: 'Null is 0', in: { number: null }, out: { output: 0 } },
  ],
  addresses: [{ address: 'root:kernel:math:0.0.1:ceil', in: { a: 'number' } }],
  run: (number) => ({ output: Math.ceil(number) + 0 }),
});
