/** Remainder: what a division leaves. */
import { defineCard } from '@flowdeck/engine';
import { DIVISION_BY_ZERO, divisionByZero } from './faults.js';
import { NUMBER } from './fields.js';

export const remainder = defineCard({
  id: 'number.remainder',
  title: 'Remainder',
  description: 'What is left of the number after dividing it by another. It has the sign of the number.',
  kind: 'pure',
  inputs: [
    NUMBER,
    {
      key: 'divisor',
      type: 'number',
      label: 'divide by',
      description: 'What to divide by. Null is 0.',
      required: true,
    },
  ],
  outputs: [{ key: 'output', type: 'number', label: 'remainder', description: 'What is left.' }],
  errors: DIVISION_BY_ZERO,
  examples: [
    { in: { number: 12, divisor: 5 }, out: { output: 2 } },
    { title: 'Negative', in: { number: -12, divisor: 5 }, out: { output: -2 } },
    { title: 'Null is 0', in: { number: null, divisor: 5 }, out: { output: 0 } },
    { title: 'By zero', in: { number: 1, divisor: null }, error: 'division-by-zero' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:math:0.0.1:mod', in: { a: 'number', b: 'divisor' } },
  ],
  run: (number, divisor) => {
    if (divisor === 0) throw divisionByZero('divisor');
    return { output: (number % divisor) + 0 };
  },
});
