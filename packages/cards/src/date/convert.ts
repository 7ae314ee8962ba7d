/** Convert: text of a date in several other forms. */
import { defineCard } from '@flowdeck/engine';
import { after } from '../shared/eventually.js';
import { FORMAT, FORMAT_ERRORS, ZONE } from './fields.js';
import { formatDate } from './format.js';
import { moments } from './moments.js';
import { READ_ERRORS, readDate } from './read.js';

const HUMAN = 'dddd, MMMM Do YYYY, h:mm:ss a';

export const dateConvert = defineCard({
  id: 'date.convert',
  title: 'Convert',
  description:
    'Reads a date from text and gives it in the usual forms, in UTC. Format and time zone count for the output "custom" only.',
  kind: 'pure',
  inputs: [
    {
      key: 'text',
      type: 'text',
      label: 'date',
      description: 'ISO 8601 text, or another form that a date input reads.',
      required: true,
    },
    FORMAT,
    ZONE,
  ],
  outputs: [
    { key: 'date', type: 'date', label: 'date', description: 'The instant.' },
    { key: 'iso', type: 'text', label: 'ISO', description: 'ISO 8601 text in UTC, without fraction.' },
    { key: 'epoch', type: 'text', label: 'EPOCH', description: 'Whole seconds since 1970, as text.' },
    { key: 'unix', type: 'text', label: 'UNIX', description: 'Milliseconds since 1970, as text.' },
    { key: 'human', type: 'text', label: 'human', description: 'Text in words.' },
    { key: 'custom', type: 'text', label: 'custom', description: 'Text by the given format, in the given zone.' },
  ],
  traits: { dateFormat: 'format', timeZone: 'zone' },
  errors: { ...READ_ERRORS, ...FORMAT_ERRORS },
  examples: [
    {
      in: { text: '2016-09-07T16:55:25.670Z', format: 'MM/DD/YYYY', zone: 'US/Pacific' },
      out: {
        date: new Date('2016-09-07T16:55:25.670Z'),
        iso: '2016-09-07T16:55:25Z',
        epoch: '1473267325',
        unix: '1473267325670',
        human: 'Wednesday, September 7th 2016, 4:55:25 pm',
        custom: '09/07/2016',
      },
    },
    {
      title: 'Without format and zone',
      in: { text: '9/7/2016' },
      out: {
        date: new Date('2016-09-07'),
        iso: '2016-09-07T00:00:00Z',
        epoch: '1473206400',
        unix: '1473206400000',
        human: 'Wednesday, September 7th 2016, 12:00:00 am',
        custom: '2016-09-07T00:00:00Z',
      },
    },
    { title: 'No date', in: { text: 'soon' }, error: 'date-parse' },
    { title: 'Null is no date', in: { text: null }, error: 'date-parse' },
    { title: 'Too long a format', in: { text: '2016-09-07', format: 'Y'.repeat(1001) }, error: 'date-format' },
  ],
  addresses: [{ address: 'root:kernel:date:0.0.1:fromISO', in: { start: 'text' } }],
  run: (text, format, zone) => {
    const date = readDate(text, 'text');
    return after(moments(), (library) => ({
      date,
      iso: formatDate(library, date, null, null),
      epoch: String(Math.floor(date.getTime() / 1000)),
      unix: String(date.getTime()),
      human: formatDate(library, date, HUMAN, null),
      custom: formatDate(library, date, format, zone),
    }));
  },
});
