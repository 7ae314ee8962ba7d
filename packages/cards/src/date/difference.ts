/** Date Difference: the time from one instant to another, in every unit. */
import { defineCard } from '@flowdeck/engine';
import { monthsBetween } from './arithmetic.js';
import { DATE } from './fields.js';

export const dateDifference = defineCard({
  id: 'date.difference',
  title: 'Difference',
  description:
    'The time from the start to the end. Each output is the whole span in that unit, with fractions; negative when the end lies before the start.',
  kind: 'pure',
  inputs: [
    { ...DATE, key: 'end', label: 'end date' },
    { ...DATE, key: 'start', label: 'start date' },
  ],
  outputs: [
    { key: 'days', type: 'number', label: 'days', description: 'Days of 24 hours.' },
    {
      key: 'months',
      type: 'number',
      label: 'months',
      description: 'Months by the calendar; what is left is a fraction of the month that it lies in.',
    },
    { key: 'years', type: 'number', label: 'years', description: 'Months divided by 12.' },
    { key: 'hours', type: 'number', label: 'hours', description: 'Hours.' },
    { key: 'minutes', type: 'number', label: 'minutes', description: 'Minutes.' },
    { key: 'seconds', type: 'number', label: 'seconds', description: 'Seconds.' },
    { key: 'milliseconds', type: 'number', label: 'milliseconds', description: 'Milliseconds, a whole number.' },
  ],
  examples: [
    {
      in: { end: '2024-03-15T12:00:00Z', start: '2024-01-31T00:00:00Z' },
      out: {
        days: 44.5,
        hours: 1068,
        minutes: 64_080,
        seconds: 3_844_800,
        milliseconds: 3_844_800_000,
        months: 1.5,
        years: 0.125,
      },
    },
    {
      title: 'The end lies before the start',
      in: { end: '2024-01-01', start: '2024-01-02' },
      out: {
        days: -1,
        hours: -24,
        minutes: -1440,
        seconds: -86_400,
        milliseconds: -86_400_000,
        months: -1 / 31,
        years: -1 / 31 / 12,
      },
    },
  ],
  addresses: [{ address: 'root:kernel:date:0.0.1:diff', in: { start: 'end', end: 'start' } }],
  run: (end, start) => {
    const milliseconds = end.getTime() - start.getTime();
    const months = monthsBetween(start, end);
    return {
      days: milliseconds / 86_400_000,
      months,
      years: months / 12,
      hours: milliseconds / 3_600_000,
      minutes: milliseconds / 60_000,
      seconds: milliseconds / 1000,
      milliseconds,
    };
  },
});
