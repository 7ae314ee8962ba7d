/** Now: the current instant, and its parts in UTC. */
import { defineCard } from '@flowdeck/engine';

const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

export const now = defineCard({
  id: 'date.now',
  title: 'Now',
  description: 'The current date and time. All outputs describe the same instant, in UTC.',
  kind: 'effect',
  inputs: [],
  outputs: [
    { key: 'date', type: 'date', label: 'date', description: 'The instant.' },
    { key: 'iso', type: 'text', label: 'ISO', description: 'Such as 2016-09-07T16:55:25+00:00, without fraction.' },
    { key: 'full', type: 'text', label: 'full', description: 'Such as September 7, 2016 16:55:25.670.' },
    { key: 'minute', type: 'number', label: 'minute', description: 'From 0 to 59.' },
    { key: 'hour', type: 'number', label: 'hour', description: 'From 0 to 23.' },
    { key: 'time', type: 'text', label: 'time', description: 'Such as 16:55:25.670.' },
    { key: 'day', type: 'number', label: 'day', description: 'Day of the month, from 1.' },
    { key: 'month', type: 'text', label: 'month', description: 'Number of the month, from 1, as text.' },
    { key: 'year', type: 'number', label: 'year', description: 'The full year.' },
    { key: 'second', type: 'number', label: 'second', description: 'From 0 to 59.' },
    { key: 'millisecond', type: 'number', label: 'millisecond', description: 'From 0 to 999.' },
  ],
  examples: [
    {
      in: {},
      out: {
        date: new Date('2016-09-07T16:55:25.670Z'),
        iso: '2016-09-07T16:55:25+00:00',
        full: 'September 7, 2016 16:55:25.670',
        minute: 55,
        hour: 16,
        time: '16:55:25.670',
        day: 7,
        month: '9',
        year: 2016,
        second: 25,
        millisecond: 670,
      },
    },
  ],
  addresses: [{ address: 'root:kernel:date:0.0.1:now' }],
  run: (ctx) => {
    const date = new Date(ctx.clock.now());
    const text = date.toISOString();
    // From the end: years beyond 9999 have more digits.
    const time = text.slice(-13, -1);
    const day = date.getUTCDate();
    const year = date.getUTCFullYear();
    return {
      date,
      iso: `${text.slice(0, -5)}+00:00`,
      full: `${MONTH_NAMES[date.getUTCMonth()]} ${day}, ${year} ${time}`,
      minute: date.getUTCMinutes(),
      hour: date.getUTCHours(),
      time,
      day,
      month: String(date.getUTCMonth() + 1),
      year,
      second: date.getUTCSeconds(),
      millisecond: date.getUTCMilliseconds(),
    };
  },
});
