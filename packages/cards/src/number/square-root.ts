/** Square Root: the root of a number. */
import { defineCard } from '@flowdeck/engine';
import { OUT_OF_DOMAIN, outOfDomain } from './faults.js';
import { NUMBER } from './fields.js';

export const squareRoot = defineCard({
  id: 'number.squareRoot',
  title: 'Square Root',
  description: 'The number that gives this one when it is multiplied by itself.',
  kind: 'pure',
  inputs: [NUMBER],
  outputs: [{ key: 'output', type: 'number', label: 'square root', description: 'The root.' }],
  errors: OUT_OF_DOMAIN,
  examples: [
    { in: { number: 144 }, out: { output: 12 } },
    { title: 'Null is 0', in: { number: null }, out: { output: 0 } },
    { title: 'Negative', in: { number: -1 }, error: 'out-of-domain' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:math:0.0.1:sqrt', in: { a: 'number' } },
  ],
  run: (number) => {
    if (number < 0)
      throw outOfDomain('A negative number has no square root.', 'Take the absolute value first.', 'number');
    return { output: Math.sqrt(number) + 0 };
  },
});
