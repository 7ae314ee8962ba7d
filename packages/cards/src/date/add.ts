/** Date Add: a later instant. */
import { defineCard } from '@flowdeck/engine';
import { ARITHMETIC_ERRORS, moveInstant } from './arithmetic.js';
import { DATE, UNIT } from './fields.js';

export const dateAdd = defineCard({
  id: 'date.add',
  title: 'Add',
  description:
    'The instant that lies an amount of time later, by the calendar in UTC. Fractions are exact for hours and smaller units; days, weeks, months and years are rounded to whole days or months. A month later is the same day, or the last day of a shorter month.',
  kind: 'pure',
  inputs: [
    { ...DATE, key: 'start', label: 'start date' },
    {
      key: 'amount',
      type: 'number',
      label: 'add',
      description: 'How much. Negative: earlier. Null is 0.',
      required: true,
      default: 0,
    },
    UNIT,
  ],
  outputs: [{ key: 'output', type: 'date', label: 'output', description: 'The later instant.' }],
  errors: ARITHMETIC_ERRORS,
  examples: [
    {
      in: { start: '2016-09-05T00:00:00Z', amount: 2, unit: 'weeks' },
      out: { output: new Date('2016-09-19T00:00:00Z') },
    },
    {
      title: 'The last day of a shorter month',
      in: { start: '2024-01-31T08:00:00Z', amount: 1, unit: 'months' },
      out: { output: new Date('2024-02-29T08:00:00Z') },
    },
    {
      title: 'Half an hour',
      in: { start: '2024-03-10T12:00:00Z', amount: 1.5, unit: 'hours' },
      out: { output: new Date('2024-03-10T13:30:00Z') },
    },
    {
      title: 'Half a day is rounded to one',
      in: { start: '2024-03-10T12:00:00Z', amount: 0.5, unit: 'days' },
      out: { output: new Date('2024-03-11T12:00:00Z') },
    },
    { title: 'Nothing to add', in: { start: '2024-03-10', amount: null }, out: { output: new Date('2024-03-10') } },
    { title: 'Unknown unit', in: { start: '2024-03-10', amount: 1, unit: 'moons' }, error: 'unknown-unit' },
    { title: 'Too far', in: { start: '2024-03-10', amount: 1e6, unit: 'years' }, error: 'date-range' },
  ],
  addresses: [{ address: 'root:kernel:date:0.0.1:add', in: { scale: 'amount' } }],
  run: (start, amount, unit) => ({ output: moveInstant(start, amount, unit) }),
});
