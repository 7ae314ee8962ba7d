/** Add to Front: a list with one more item. */
import { defineCard } from '@flowdeck/engine';
import { ITEM, LIST } from './fields.js';

export const addToFront = defineCard({
  id: 'list.addToFront',
  title: 'Add to Front',
  description: 'A list with an item added before its first. A list becomes one item, a list within the list.',
  kind: 'pure',
  inputs: [ITEM, LIST],
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The longer list.' }],
  examples: [
    { in: { item: 'b', list: ['a'] }, out: { list: ['b', 'a'] } },
    { title: 'Null is an item too, and an empty list', in: { item: null, list: null }, out: { list: [null] } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:list:0.0.1:unshift' },
  ],
  run: (item, list) => ({ list: [item, ...list] }),
});
