/** Factorial: the product of all integers up to a number. */
import { defineCard } from '@flowdeck/engine';
import { factorialOf } from './factorial-of.js';
import { finite, NOT_FINITE, OUT_OF_DOMAIN } from './faults.js';
import { NUMBER } from './fields.js';

export const factorial = defineCard({
  id: 'number.factorial',
  title: 'Factorial',
  description: 'The product of the integers from 1 to the number. 1 for 0, and 0 for a negative number.',
  kind: 'pure',
  inputs: [NUMBER],
  outputs: [{ key: 'output', type: 'number', label: 'factorial', description: 'The factorial.' }],
  errors: { ...NOT_FINITE, ...OUT_OF_DOMAIN },
  examples: [
    { in: { number: 5 }, out: { output: 120 } },
    { title: 'Null is 0', in: { number: null }, out: { output: 1 } },
    { title: 'Negative', in: { number: -3 }, out: { output: 0 } },
    { title: 'A fraction', in: { number: 2.5 }, error: 'out-of-domain' },
    { title: 'Too large', in: { number: 171 }, error: 'not-finite' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:math:0.0.1:factorial', in: { a: 'number' } },
  ],
  run: (number) => ({ output: number < 0 ? 0 : finite(factorialOf(number)) }),
});
