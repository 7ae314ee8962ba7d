/** UNIX: an instant as milliseconds. */
import { defineCard } from '@flowdeck/engine';
import { DATE } from './fields.js';

export const unix = defineCard({
  id: 'date.unix',
  title: 'UNIX',
  description: 'Milliseconds since 1970-01-01 UTC. EPOCH gives seconds.',
  kind: 'pure',
  inputs: [DATE],
  outputs: [{ key: 'output', type: 'number', label: 'output', description: 'Milliseconds.' }],
  examples: [
    { in: { date: '2016-09-07T16:55:25.670Z' }, out: { output: 1_473_267_325_670 } },
    { title: 'Before 1970', in: { date: '1969-12-31T23:59:59.999Z' }, out: { output: -1 } },
  ],
  addresses: [{ address: 'root:kernel:date:0.0.1:unix', in: { start: 'date' } }],
  run: (date) => ({ output: date.getTime() }),
});
