/** Date Subtract: an earlier instant. */
import { defineCard } from '@flowdeck/engine';
import { ARITHMETIC_ERRORS, moveInstant } from './arithmetic.js';
import { DATE, UNIT } from './fields.js';

export const dateSubtract = defineCard({
  id: 'date.subtract',
  title: 'Subtract',
  description: 'The instant that lies an amount of time earlier, by the same rules as Add.',
  kind: 'pure',
  inputs: [
    { ...DATE, key: 'start', label: 'start date' },
    {
      key: 'amount',
      type: 'number',
      label: 'subtract',
      description: 'How much. Negative: later. Null is 0.',
      required: true,
      default: 0,
    },
    UNIT,
  ],
  outputs: [{ key: 'output', type: 'date', label: 'output', description: 'The earlier instant.' }],
  errors: ARITHMETIC_ERRORS,
  examples: [
    {
      in: { start: '2024-03-10T12:00:00Z', amount: 7, unit: 'days' },
      out: { output: new Date('2024-03-03T12:00:00Z') },
    },
    {
      title: 'The last day of a shorter month',
      in: { start: '2024-03-31', amount: 1, unit: 'months' },
      out: { output: new Date('2024-02-29') },
    },
    { title: 'Unknown unit', in: { start: '2024-03-10', amount: 1, unit: '' }, error: 'unknown-unit' },
    { title: 'Too far', in: { start: '2024-03-10', amount: 1e300, unit: 'days' }, error: 'date-range' },
  ],
  addresses: [{ address: 'root:kernel:date:0.0.1:subtract', in: { scale: 'amount' } }],
  run: (start, amount, unit) => ({ output: moveInstant(start, -amount, unit) }),
});
