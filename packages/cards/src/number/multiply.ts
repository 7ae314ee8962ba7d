/** Multiply: the product of numbers. */
import { defineCard } from '@flowdeck/engine';
import { finite, NOT_FINITE } from './faults.js';
import { NUMBER_1, NUMBER_2 } from './fields.js';

export const multiply = defineCard({
  id: 'number.multiply',
  title: 'Multiply',
  description: 'The product of all numbers.',
  kind: 'pure',
  inputs: [
    { ...NUMBER_1, required: false, default: 1 },
    { ...NUMBER_2, required: false, default: 1 },
  ],
  extraInputs: { type: 'number', description: 'Further numbers. Null is 0.' },
  outputs: [{ key: 'output', type: 'number', label: 'product', description: 'The product.' }],
  errors: NOT_FINITE,
  examples: [
    { in: { 'number 1': 1_705_276_800, 'number 2': 1000 }, out: { output: 1_705_276_800_000 } },
    { title: 'More than two', in: { 'number 1': 2, 'number 2': 3, 'number 3': 4 }, out: { output: 24 } },
    { title: 'Under other names', in: { price: 5, pieces: 3 }, out: { output: 15 } },
    { title: 'Null is 0', in: { 'number 1': 5, 'number 2': null }, out: { output: 0 } },
    { title: 'Too large', in: { 'number 1': 1e200, 'number 2': 1e200 }, error: 'not-finite' },
  ],
  addresses: [{ address: 'root:kernel:math:0.0.1:multiply', in: { a: 'number 1', b: 'number 2' } }],
  run: (first, second, more) => {
    let product = (first ?? 0) * (second ?? 0);
    for (const value of Object.values(more)) product *= Number(value ?? 0);
    return { output: finite(product) };
  },
});
