/** Log: the logarithm of a number. */
import { defineCard } from '@flowdeck/engine';
import { OUT_OF_DOMAIN, outOfDomain } from './faults.js';
import { NUMBER } from './fields.js';

export const log = defineCard({
  id: 'number.log',
  title: 'Log',
  description: 'To which power the base has to be raised to give the number.',
  kind: 'pure',
  inputs: [
    NUMBER,
    {
      key: 'base',
      type: 'number',
      label: 'base',
      description: 'The base, above 0 and not 1.',
      required: true,
      default: 10,
    },
  ],
  outputs: [{ key: 'output', type: 'number', label: 'log', description: 'The logarithm.' }],
  errors: OUT_OF_DOMAIN,
  examples: [
    { in: { number: 1000, base: 10 }, out: { output: 3 } },
    { title: 'Another base', in: { number: 8, base: 2 }, out: { output: 3 } },
    { title: 'The base is 10', in: { number: 0.01, base: null }, out: { output: -2 } },
    { title: 'Of zero', in: { number: null }, error: 'out-of-domain' },
    { title: 'No base', in: { number: 2, base: 1 }, error: 'out-of-domain' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:math:0.0.1:log', in: { input: 'number' } },
  ],
  run: (number, base) => {
    if (number <= 0) throw outOfDomain('Only numbers above 0 have a logarithm.', 'Test the number before.', 'number');
    if (base <= 0 || base === 1) {
      throw outOfDomain('The base of a logarithm is above 0 and not 1.', 'The usual base is 10.', 'base');
    }
    return { output: logarithm(number, base) + 0 };
  },
});

/** The platform's own functions give the exact result where there is one; a quotient of logarithms does not. */
function logarithm(number: number, base: number): number {
  if (base === 10) return Math.log10(number);
  return base === 2 ? Math.log2(number) : Math.log(number) / Math.log(base);
}
