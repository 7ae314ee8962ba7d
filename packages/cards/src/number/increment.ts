/** Increment: one more. */
import { defineCard } from '@flowdeck/engine';
import { NUMBER } from './fields.js';

export const increment = defineCard({
  id: 'number.increment',
  title: 'Increment',
  description: 'The number plus 1.',
  kind: 'pure',
  inputs: [NUMBER],
  outputs: [{ key: 'output', type: 'number', label: 'result', description: 'One more.' }],
  examples: [
    { in: { number: 41 }, out: { output: 42 } },
    { title: 'Null is 0', in: { number: null }, out: { output: 1 } },
    { title: 'Text', in: { number: '-1.5' }, out: { output: -0.5 } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:math:0.0.1:increment', in: { a: 'number' } },
  ],
  run: (number) => ({ output: number + 1 }),
});
