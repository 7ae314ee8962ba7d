/** Percentage: one number in hundredths of another. */
import { defineCard } from '@flowdeck/engine';
import { shift } from './decimal.js';
import { DIVISION_BY_ZERO, divisionByZero, finite, NOT_FINITE } from './faults.js';
import { NUMBER } from './fields.js';

export const percentage = defineCard({
  id: 'number.percentage',
  title: 'Percentage',
  description: 'How many percent of the total the number is.',
  kind: 'pure',
  inputs: [
    NUMBER,
    { key: 'total', type: 'number', label: 'total', description: 'What is 100 percent. Null is 0.', required: true },
  ],
  outputs: [
    { key: 'output', type: 'number', label: 'percentage', description: 'The percentage, such as 25 for a quarter.' },
  ],
  errors: { ...DIVISION_BY_ZERO, ...NOT_FINITE },
  examples: [
    { in: { number: 1, total: 4 }, out: { output: 25 } },
    { title: 'More than all', in: { number: 7, total: 2 }, out: { output: 350 } },
    { title: 'Null is 0', in: { number: null, total: 4 }, out: { output: 0 } },
    { title: 'Of nothing', in: { number: 1, total: 0 }, error: 'division-by-zero' },
    { title: 'Too large', in: { number: 1e308, total: 1 }, error: 'not-finite' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:math:0.0.1:percentage', in: { a: 'number', b: 'total' } },
  ],
  run: (number, total) => {
    if (total === 0) throw divisionByZero('total');
    return { output: finite(shift(number / total, 2)) };
  },
});
