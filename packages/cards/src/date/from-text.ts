/** Text to Date: the instant that a text describes. */
import { defineCard } from '@flowdeck/engine';
import { after } from '../shared/eventually.js';
import { FORMAT, FORMAT_ERRORS } from './fields.js';
import { moments } from './moments.js';
import { READ_ERRORS, readDate, readDateIn, readFormatted, ZONE_ERRORS } from './read.js';

export const fromText = defineCard({
  id: 'date.fromText',
  title: 'Text to Date',
  description:
    'Reads a date by format codes, in the given zone, which is UTC when none is given, unless the text carries an offset or, for a z of the format, the name of a zone. Separators need not agree with the format, and what follows the date is ignored. Parts that the format does not name are those of today, and the first there is below the smallest that it names: a month without a day begins on its first.',
  // Not pure: a format without a year means the current one.
  kind: 'effect',
  inputs: [
    { key: 'text', type: 'text', label: 'text', description: 'The text with the date.', required: true },
    {
      ...FORMAT,
      description:
        'Format codes such as MM/DD/YYYY, or x for milliseconds and X for seconds since 1970. Empty: the text is read as at any date input. For z the text may name a region, UTC, GMT, EST, EDT, CST, CDT, MST, MDT, PST or PDT, or an abbreviation of the given zone; any other is an error.',
    },
    {
      key: 'zone',
      type: 'text',
      label: 'time zone',
      description:
        'Where the clock stands that the text shows, when the text does not say it: an IANA name such as Europe/Paris, in upper or lower case, or an offset such as +05:30. Empty: UTC. An hour that the clocks pass over counts as the one after it; of two that they show twice, the first is meant.',
    },
  ],
  outputs: [{ key: 'output', type: 'date', label: 'output', description: 'The instant.' }],
  traits: { dateFormat: 'format', timeZone: 'zone' },
  errors: { ...READ_ERRORS, ...FORMAT_ERRORS, ...ZONE_ERRORS },
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
    {
      title: 'The clock of a place',
      in: { text: '2024-07-01 09:00', format: 'YYYY-MM-DD HH:mm', zone: 'Europe/Paris' },
      out: { output: new Date('2024-07-01T07:00:00Z') },
    },
    {
      title: 'The name of a zone',
      in: { text: '2024-01-05 10:00 EST', format: 'YYYY-MM-DD HH:mm z' },
      out: { output: new Date('2024-01-05T15:00:00Z') },
    },
    {
      title: 'An abbreviation with several meanings',
      in: { text: '2024-01-05 10:00 IST', format: 'YYYY-MM-DD HH:mm z' },
      error: 'date-parse',
    },
    {
      title: 'No such zone',
      in: { text: '2024-01-05', format: 'YYYY-MM-DD', zone: 'Europe/Pariss' },
      error: 'date-zone',
    },
    { title: 'No such month', in: { text: '13/45/2024', format: 'MM/DD/YYYY' }, error: 'date-parse' },
    { title: 'Null is no date', in: { text: null, format: null }, error: 'date-parse' },
    { title: 'Too long a format', in: { text: '2016', format: 'Y'.repeat(1001) }, error: 'date-format' },
  ],
  addresses: [{ address: 'root:kernel:date:0.0.1:parse', in: { start: 'text' }, lacks: { in: ['zone'] } }],
  run: (text, format, zone, ctx) => {
    if (!format && !zone) return { output: readDate(text, 'text') };
    const now = ctx.clock.now();
    return after(moments(), (library) => ({
      output: format
        ? readFormatted(library, text, format, { zone: zone ?? '', now })
        : readDateIn(library, text, zone ?? ''),
    }));
  },
});
