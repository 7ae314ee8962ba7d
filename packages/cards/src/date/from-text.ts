/** Text to Date: the instant that a text describes. */
import { defineCard } from '@flowdeck/engine';
import { FORMAT, FORMAT_ERRORS } from './fields.js';
import { loadMoment } from './format.js';
import { READ_ERRORS, readDate, readFormatted } from './read.js';

export const fromText = defineCard({
  id: 'date.fromText',
  title: 'Text to Date',
  description:
    'Reads a date by format codes, in UTC unless the text carries an offset. Separators need not agree with the format, and what follows the date is ignored. Parts that the format does not name are those of today, and the first there is below the smallest that it names: a month without a day begins on its first.',
  // Not pure: a format without a year means the current one.
  kind: 'effect',
  inputs: [
    { key: 'text', type: 'text', label: 'text', description: 'The text with the date.', required: true },
    {
      ...FORMAT,
      description:
        'Format codes such as MM/DD/YYYY, or x for milliseconds and X for seconds since 1970. Empty: the text is read as at any date input.',
    },
  ],
  outputs: [{ key: 'output', type: 'date', label: 'output', description: 'The instant.' }],
  traits: { dateFormat: 'format' },
  errors: { ...READ_ERRORS, ...FORMAT_ERRORS },
  examples: [
    { in: { text: '09/30/2024', format: 'MM/DD/Y' }, out: { output: new Date('2024-09-30') } },
    { title: 'Milliseconds', in: { text: '1705276800000', format: 'x' }, out: { output: new Date('2024-01-15') } },
    {
      title: 'With an offset',
      in: { text: '15 Jan 2024 09:30 +0200', format: 'D MMM YYYY HH:mm ZZ' },
      out: { output: new Date('2024-01-15T07:30:00Z') },
    },
    {
      title: 'Other separators, and more text',
      in: { text: '2024.09.30 (Monday)', format: 'YYYY-MM-DD' },
      out: { output: new Date('2024-09-30') },
    },
    { title: 'No format', in: { text: 'Sep 30, 2024' }, out: { output: new Date('2024-09-30') } },
    { title: 'No such month', in: { text: '13/45/2024', format: 'MM/DD/YYYY' }, error: 'date-parse' },
    { title: 'Null is no date', in: { text: null, format: null }, error: 'date-parse' },
    { title: 'Too long a format', in: { text: '2016', format: 'Y'.repeat(1001) }, error: 'date-format' },
  ],
  run: async (text, format, ctx) => {
    if (!format) return { output: readDate(text, 'text') };
    return { output: readFormatted(await loadMoment(), text, format, ctx.clock.now()) };
  },
});
