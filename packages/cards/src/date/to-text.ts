/** Date to Text: an instant as people of a place write it. */
import { defineCard } from '@flowdeck/engine';
import { after } from '../shared/eventually.js';
import { DATE, FORMAT, FORMAT_ERRORS, ZONE } from './fields.js';
import { datePrinter } from './format.js';
import { moments } from './moments.js';

export const dateToText = defineCard({
  id: 'date.toText',
  title: 'Date to Text',
  description:
    'Writes an instant by format codes in a time zone, daylight saving included. Names of months and days are English. Without a format the text is ISO 8601 without fraction.',
  kind: 'pure',
  inputs: [DATE, FORMAT, ZONE],
  outputs: [{ key: 'output', type: 'text', label: 'output', description: 'The date as text.' }],
  traits: { dateFormat: 'format', timeZone: 'zone' },
  errors: FORMAT_ERRORS,
  examples: [
    {
      in: { date: '2016-09-07T00:01:25.670Z', format: 'dddd, MMMM D, Y h:mm a z', zone: 'US/Pacific' },
      out: { output: 'Tuesday, September 6, 2016 5:01 pm PDT' },
    },
    {
      title: 'Abbreviations of all zones',
      in: { date: '2016-09-07T00:01:25.670Z', format: 'h:mm a z', zone: 'europe/paris' },
      out: { output: '2:01 am CEST' },
    },
    {
      title: 'T is no code; brackets hold text',
      in: { date: '2016-09-07T00:01:25.670Z', format: 'yyyy-MM-DDTHH:mm:ss.SSS [UTC]' },
      out: { output: '2016-09-07T00:01:25.670 UTC' },
    },
    { title: 'No format', in: { date: '2016-09-07T00:01:25.670Z' }, out: { output: '2016-09-07T00:01:25Z' } },
    {
      title: 'An unknown zone counts as UTC',
      in: { date: '2016-09-07T00:01:25.670Z', format: 'M/D/Y z', zone: 'America/Pacific' },
      out: { output: '9/7/2016 ' },
    },
    { title: 'Too long a format', in: { date: '2016-09-07', format: 'Y'.repeat(1001) }, error: 'date-format' },
  ],
  addresses: [{ address: 'root:kernel:date:0.0.1:format', in: { start: 'date' } }],
  run: (date, format, zone) => {
    const print = datePrinter(format, zone);
    return after(moments(), (library) => ({ output: print(library, date) }));
  },
  prepare: (_date, format, zone) => {
    if (format === undefined || zone === undefined) return null;
    const print = datePrinter(format, zone);
    return (date) => after(moments(), (library) => ({ output: print(library, date) }));
  },
});
