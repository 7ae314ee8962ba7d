/** Round: the nearest integer. */
import { defineCard } from '@flowdeck/engine';
import { NUMBER } from './fields.js';

export const round = defineCard({
  id: 'number.round',
  title: 'Round',
  description: 'The nearest integer. A half is rounded up, towards positive infinity.',
  kind: 'pure',
  inputs: [NUMBER],
  outputs: [{ key: 'output', type: 'number', label: 'rounded', description: 'The integer.' }],
  examples: [
    { in: { number: 10.5 }, out: { output: 11 } },
    { in: { number: 10.4 }, out: { output: 10 } },
    { title: 'A negative half', in: { number: -10.5 }, out: { output: -10 } },
    { title: 'Null is 0', in: { number: null }, out: { output: 0 } },
  ],
  addresses: [{ address: 'root:kernel:math:0.0.1:round', in: { a: 'number' } }],
  run: (number) => ({ output: Math.round(number) + 0 }),
});
