/** Power: one number to the power of another. */
import { defineCard } from '@flowdeck/engine';
import { finite, NOT_FINITE, OUT_OF_DOMAIN, outOfDomain } from './faults.js';
import { NUMBER } from './fields.js';

export const power = defineCard({
  id: 'number.power',
  title: 'Power',
  description: 'The number multiplied by itself as often as the exponent says.',
  kind: 'pure',
  inputs: [
    NUMBER,
    {
      key: 'exponent',
      type: 'number',
      label: 'exponent',
      description: 'The exponent, also negative or a fraction. Null is 0.',
      required: true,
    },
  ],
  outputs: [{ key: 'output', type: 'number', label: 'power', description: 'The power.' }],
  errors: { ...NOT_FINITE, ...OUT_OF_DOMAIN },
  examples: [
    { in: { number: 2, exponent: 10 }, out: { output: 1024 } },
    { title: 'A root', in: { number: 9, exponent: 0.5 }, out: { output: 3 } },
    { title: 'Null is 0', in: { number: 7, exponent: null }, out: { output: 1 } },
    { title: 'Root of a negative number', in: { number: -1, exponent: 0.5 }, error: 'out-of-domain' },
    { title: 'Too large', in: { number: 0, exponent: -1 }, error: 'not-finite' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:math:0.0.1:power', in: { a: 'number', b: 'exponent' } },
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:math:0.0.1:pow', in: { a: 'number', b: 'exponent' } },
  ],
  run: (number, exponent) => {
    const output = number ** exponent;
    if (Number.isNaN(output)) {
      throw outOfDomain('A negative number has no such power.', 'Give an integer as the exponent.', 'exponent');
    }
    return { output: finite(output) };
  },
});
