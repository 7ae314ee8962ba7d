/** Exponent: a power of e. */
import { defineCard } from '@flowdeck/engine';
import { finite, NOT_FINITE } from './faults.js';
import { NUMBER } from './fields.js';

export const exponent = defineCard({
  id: 'number.exponent',
  title: 'Exponent',
  description: 'The number e (2.718...) to the power of the number.',
  kind: 'pure',
  inputs: [NUMBER],
  outputs: [{ key: 'output', type: 'number', label: 'result', description: 'The power.' }],
  errors: NOT_FINITE,
  examples: [
    { in: { number: 1 }, out: { output: Math.E } },
    { title: 'Null is 0', in: { number: null }, out: { output: 1 } },
    { title: 'Too large', in: { number: 1000 }, error: 'not-finite' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:math:0.0.1:exp', in: { a: 'number' } },
  ],
  run: (number) => ({ output: finite(Math.exp(number)) }),
});
