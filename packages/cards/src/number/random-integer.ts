/** Random Integer: an integer drawn at random. */
import { defineCard } from '@flowdeck/engine';
import { finite, NOT_FINITE } from './faults.js';

export const randomInteger = defineCard({
  id: 'number.randomInteger',
  title: 'Random Integer',
  description: 'An integer from a range, all equally likely. The lower end when the range is empty.',
  kind: 'effect',
  inputs: [
    {
      key: 'from',
      type: 'number',
      label: 'greater than or equal to',
      description: 'The smallest integer. A fraction is rounded up. Null is 0.',
      required: true,
    },
    {
      key: 'below',
      type: 'number',
      label: 'less than',
      description: 'The integer after the largest. A fraction is rounded up. Null is 0.',
      required: true,
    },
  ],
  outputs: [{ key: 'output', type: 'number', label: 'random', description: 'The integer.' }],
  errors: NOT_FINITE,
  examples: [
    { in: { from: 0, below: 4 }, out: { output: 2 } },
    { title: 'An empty range', in: { from: 3, below: 3 }, out: { output: 3 } },
    { title: 'Null is 0', in: { from: null, below: null }, out: { output: 0 } },
    { title: 'Too large', in: { from: -1.7e308, below: 1.7e308 }, error: 'not-finite' },
  ],
  addresses: [{ address: 'root:kernel:math:0.0.1:random', in: { a: 'from', b: 'below' } }],
  run: (from, below, ctx) => {
    const least = Math.ceil(from);
    const count = Math.ceil(below) - least;
    // The engine's random numbers are below 1; a product of large ones may be rounded up to the end all the same.
    const drawn = count > 0 ? Math.min(Math.floor(ctx.random.number() * count), count - 1) : 0;
    return { output: finite(least + drawn) };
  },
});
