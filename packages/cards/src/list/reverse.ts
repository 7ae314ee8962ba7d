/** Reverse: a list from its end. */
import { defineCard } from '@flowdeck/engine';
import { LIST } from './fields.js';

export const reverse = defineCard({
  id: 'list.reverse',
  title: 'Reverse',
  description: 'The items of a list in the opposite order. Items that are lists stay as they are.',
  kind: 'pure',
  inputs: [LIST],
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The items, the last one first.' }],
  examples: [
    { in: { list: [1, 2, 3] }, out: { list: [3, 2, 1] } },
    {
      title: 'A list in the list',
      in: { list: [[1, 2], 'a'] },
      out: { list: ['a', [1, 2]] },
    },
    { title: 'No list', in: { list: null }, out: { list: [] } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:list:0.0.1:reverse' },
  ],
  run: (list) => ({ list: [...list].reverse() }),
});
