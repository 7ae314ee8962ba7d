/** List Sum: the sum of a list of numbers. */
import { defineCard } from '@flowdeck/engine';
import { finite, NOT_FINITE } from '../number/faults.js';
import { NUMBERS } from './fields.js';

export const sum = defineCard({
  id: 'list.sum',
  title: 'Sum',
  description: 'The sum of a list of numbers. The sum of an empty list is 0.',
  kind: 'pure',
  inputs: [NUMBERS],
  outputs: [{ key: 'sum', type: 'number', label: 'sum', description: 'The sum.' }],
  errors: NOT_FINITE,
  examples: [
    { in: { list: [4, 1, 0.5] }, out: { sum: 5.5 } },
    { title: 'Digits are numbers, null is 0', in: { list: ['2', null, 3] }, out: { sum: 5 } },
    { title: 'No list', in: { list: null }, out: { sum: 0 } },
    { title: 'Too large', in: { list: [1e308, 1e308] }, error: 'not-finite' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:list:0.0.1:sum' },
  ],
  run: (list) => ({ sum: finite(list.reduce<number>((total, value) => total + (value ?? 0), 0)) }),
});
