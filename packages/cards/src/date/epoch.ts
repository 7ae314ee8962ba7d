/** EPOCH: an instant as seconds. */
import { defineCard } from '@flowdeck/engine';
import { DATE } from './fields.js';

export const epoch = defineCard({
  id: 'date.epoch',
  title: 'EPOCH',
  description: 'Whole seconds since 1970-01-01 UTC, rounded down.',
  kind: 'pure',
  inputs: [DATE],
  outputs: [{ key: 'output', type: 'number', label: 'output', description: 'Seconds.' }],
  examples: [
    { in: { date: '2016-09-07T16:55:25.670Z' }, out: { output: 1_473_267_325 } },
    { title: 'Before 1970', in: { date: '1969-12-31T23:59:59.999Z' }, out: { output: -1 } },
  ],
  addresses: [{ address: 'root:kernel:date:0.0.1:epoch', in: { start: 'date' } }],
  run: (date) => ({ output: Math.floor(date.getTime() / 1000) }),
});
