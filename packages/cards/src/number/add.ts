/** Add: the sum of numbers. */
import { defineCard } from '@flowdeck/engine';
import { finite, NOT_FINITE } from './faults.js';
import { NUMBER_1, NUMBER_2 } from './fields.js';

export const numberAdd = defineCard({
  id: 'number.add',
  title: 'Add',
  description: 'The sum of all numbers.',
  kind: 'pure',
  inputs: [
    { ...NUMBER_1, required: false, default: 0 },
    { ...NUMBER_2, required: false, default: 0 },
  ],
  extraInputs: { type: 'number', description: 'Further numbers. Null is 0.' },
  outputs: [{ key: 'output', type: 'number', label: 'total', description: 'The sum.' }],
  errors: NOT_FINITE,
  examples: [
    { in: { 'number 1': 4, 'number 2': 1 }, out: { output: 5 } },
    {
      title: 'More than two',
      in: { 'number 1': 1, 'number 2': 2, 'number 3': '3', 'number 4': null },
      out: { output: 6 },
    },
    { title: 'Under other names', in: { price: 5, tax: 1 }, out: { output: 6 } },
    { title: 'Null is 0', in: { 'number 1': null, 'number 2': 2 }, out: { output: 2 } },
    { title: 'Too large', in: { 'number 1': 1e308, 'number 2': 1e308 }, error: 'not-finite' },
  ],
  addresses: [{ address: 'root:kernel:math:0.0.1:add', in: { a: 'number 1', b: 'number 2' } }],
  run: (first, second, more) => {
    let sum = (first ?? 0) + (second ?? 0);
    for (const value of Object.values(more)) sum += Number(value ?? 0);
    return { output: finite(sum) };
  },
});
