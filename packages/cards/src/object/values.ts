/** Values: the values of an object. */
import { defineCard } from '@flowdeck/engine';
import { OBJECT } from './fields.js';

export const values = defineCard({
  id: 'object.values',
  title: 'Values',
  description: 'The values of an object, in the order of its keys.',
  kind: 'pure',
  inputs: [OBJECT],
  outputs: [{ key: 'values', type: 'any', list: true, label: 'values', description: 'The values.' }],
  examples: [
    { in: { object: { Name: 'Emily', Age: 66 } }, out: { values: ['Emily', 66] } },
    { title: 'No object', in: { object: null }, out: { values: [] } },
  ],
  addresses: [{ address: 'root:kernel:object:0.0.1:values' }],
  run: (object) => ({ values: Object.values(object) }),
});
