/** Divide: a quotient, also in percent. */
import { defineCard } from '@flowdeck/engine';
import { checkPlaces, roundTo, shift } from './decimal.js';
import { DIVISION_BY_ZERO, divisionByZero, finite, NOT_FINITE, OUT_OF_DOMAIN } from './faults.js';
import { DECIMALS, NUMBER } from './fields.js';

export const divide = defineCard({
  id: 'number.divide',
  title: 'Divide',
  description:
    'Divides one number by another and rounds the quotient to a number of decimal places; a half is rounded up, towards positive infinity.',
  kind: 'pure',
  inputs: [
    NUMBER,
    {
      key: 'divisor',
      type: 'number',
      label: 'divided by',
      description: 'What to divide by. Null is 0.',
      required: true,
    },
    DECIMALS,
  ],
  outputs: [
    {
      key: 'output',
      type: 'number',
      label: 'result as a decimal',
      description: 'The quotient, without trailing zeros.',
    },
    {
      key: 'percentage',
      type: 'text',
      label: 'result as a percentage (%)',
      description: 'The quotient in percent with as many decimal places, such as 66.67%.',
    },
  ],
  errors: { ...DIVISION_BY_ZERO, ...NOT_FINITE, ...OUT_OF_DOMAIN },
  examples: [
    { in: { number: 10, divisor: 4 }, out: { output: 2.5, percentage: '250.00%' } },
    {
      title: 'Four places',
      in: { number: 2, divisor: 3, decimals: 4 },
      out: { output: 0.6667, percentage: '66.6667%' },
    },
    { title: 'Null is 0', in: { number: null, divisor: 3, decimals: 0 }, out: { output: 0, percentage: '0%' } },
    { title: 'By zero', in: { number: 1, divisor: 0 }, error: 'division-by-zero' },
    { title: 'Too large', in: { number: 1e308, divisor: 0.1 }, error: 'not-finite' },
    { title: 'No such number of places', in: { number: 1, divisor: 2, decimals: 101 }, error: 'out-of-domain' },
  ],
  addresses: [{ address: 'root:kernel:math:0.0.1:divide', in: { a: 'number', b: 'divisor' } }],
  run: (number, divisor, decimals) => {
    const places = checkPlaces(decimals);
    if (divisor === 0) throw divisionByZero('divisor');
    const quotient = finite(number / divisor);
    const percent = roundTo(finite(shift(quotient, 2)), places) + 0;
    return { output: roundTo(quotient, places) + 0, percentage: `${percent.toFixed(places)}%` };
  },
});
