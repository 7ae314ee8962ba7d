/** Absolute Value: a number without its sign. */
import { defineCard } from '@flowdeck/engine';
import { NUMBER } from './fields.js';

export const absoluteValue = defineCard({
  id: 'number.absoluteValue',
  title: 'Absolute Value',
  description: 'The number without its sign.',
  kind: 'pure',
  inputs: [NUMBER],
  outputs: [{ key: 'output', type: 'number', label: 'result', description: 'The absolute value.' }],
  examples: [
    { in: { number: -10 }, out: { output: 10 } },
    { title: 'Positive', in: { number: 2.5 }, out: { output: 2.5 } },
    { title: 'Null is 0', in: { number: null }, out: { output: 0 } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:math:0.0.1:abs', in: { a: 'number' } },
  ],
  run: (number) => ({ output: Math.abs(number) }),
});
