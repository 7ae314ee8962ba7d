/** ISO: an instant as text. */
import { defineCard } from '@flowdeck/engine';
import { DATE } from './fields.js';

export const iso = defineCard({
  id: 'date.iso',
  title: 'ISO',
  description: 'The instant as ISO 8601 text in UTC with milliseconds, as any text input reads a date.',
  kind: 'pure',
  inputs: [DATE],
  outputs: [{ key: 'output', type: 'text', label: 'output', description: 'ISO 8601 text.' }],
  examples: [
    { in: { date: '2016-09-07T16:55:25.670Z' }, out: { output: '2016-09-07T16:55:25.670Z' } },
    {
      title: 'Of another zone',
      in: { date: '2016-09-07T16:55:25+02:00' },
      out: { output: '2016-09-07T14:55:25.000Z' },
    },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:date:0.0.1:toISO', in: { start: 'date' } },
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:date:0.0.1:iso', in: { start: 'date' } },
  ],
  run: (date) => ({ output: date.toISOString() }),
});
