/** List Length: how many items. */
import { defineCard } from '@flowdeck/engine';
import { LIST } from './fields.js';

export const listLength = defineCard({
  id: 'list.length',
  title: 'Length',
  description: 'The number of items of a list.',
  kind: 'pure',
  inputs: [LIST],
  outputs: [{ key: 'length', type: 'number', label: 'length', description: 'The number of items.' }],
  examples: [
    { in: { list: ['a', 'b'] }, out: { length: 2 } },
    { title: 'Null is an empty list', in: { list: null }, out: { length: 0 } },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:length' }],
  run: (list) => ({ length: list.length }),
});
