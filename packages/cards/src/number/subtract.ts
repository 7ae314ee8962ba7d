/** Subtract: the difference of two numbers. */
import { defineCard } from '@flowdeck/engine';
import { finite, NOT_FINITE } from './faults.js';
import { NUMBER } from './fields.js';

export const numberSubtract = defineCard({
  id: 'number.subtract',
  title: 'Subtract',
  description: 'One number less another.',
  kind: 'pure',
  inputs: [
    NUMBER,
    {
      key: 'subtract',
      type: 'number',
      label: 'subtract',
      description: 'What to take away. Null is 0.',
      required: true,
    },
  ],
  outputs: [{ key: 'output', type: 'number', label: 'difference', description: 'The difference.' }],
  errors: NOT_FINITE,
  examples: [
    { in: { number: 10, subtract: 1 }, out: { output: 9 } },
    { title: 'Null is 0', in: { number: null, subtract: 3 }, out: { output: -3 } },
    { title: 'Too large', in: { number: 1e308, subtract: -1e308 }, error: 'not-finite' },
  ],
  addresses: [{ address: 'root:kernel:math:0.0.1:subtract', in: { a: 'number', b: 'subtract' } }],
  run: (number, subtract) => ({ output: finite(number - subtract) }),
});
