/** Round Decimal Places: a number with fewer digits. */
import { defineCard } from '@flowdeck/engine';
import { checkPlaces, roundTo } from './decimal.js';
import { OUT_OF_DOMAIN } from './faults.js';
import { DECIMALS, NUMBER } from './fields.js';

export const roundDecimalPlaces = defineCard({
  id: 'number.roundDecimalPlaces',
  title: 'Round Decimal Places',
  description: 'Rounds to a number of decimal places. A half is rounded up, towards positive infinity.',
  kind: 'pure',
  inputs: [NUMBER, DECIMALS],
  outputs: [
    { key: 'output', type: 'number', label: 'rounded', description: 'The rounded number, without trailing zeros.' },
  ],
  errors: OUT_OF_DOMAIN,
  examples: [
    { in: { number: 2.7449, decimals: 2 }, out: { output: 2.74 } },
    { title: 'A half', in: { number: 1.005, decimals: 2 }, out: { output: 1.01 } },
    { title: 'Null is 0', in: { number: null }, out: { output: 0 } },
    { title: 'No such number of places', in: { number: 1, decimals: -1 }, error: 'out-of-domain' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:math:0.0.1:toFixed', in: { a: 'number' } },
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:math:0.0.1:roundTo', in: { a: 'number' } },
  ],
  run: (number, decimals) => ({ output: roundTo(number, checkPlaces(decimals)) + 0 }),
});
