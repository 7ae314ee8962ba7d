/** Add to End: a list with one more item. */
import { defineCard } from '@flowdeck/engine';
import { ITEM, LIST } from './fields.js';

export const addToEnd = defineCard({
  id: 'list.addToEnd',
  title: 'Add to End',
  description: 'A list with an item added after its last. A list becomes one item, a list within the list.',
  kind: 'pure',
  inputs: [ITEM, LIST],
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The longer list.' }],
  examples: [
    { in: { item: 'b', list: ['a'] }, out: { list: ['a', 'b'] } },
    { title: 'A list as item', in: { item: [1], list: [[0]] }, out: { list: [[0], [1]] } },
    { title: 'Null is an item too, and an empty list', in: { item: null, list: null }, out: { list: [null] } },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:push' }],
  run: (item, list) => ({ list: [...list, item] }),
});
