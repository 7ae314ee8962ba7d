/** Truncate: a list that is not longer than it may be. */
import { defineCard } from '@flowdeck/engine';
import { LIST } from './fields.js';

export const truncate = defineCard({
  id: 'list.truncate',
  title: 'Truncate',
  description: 'The first items of a list, as many as it may have. A list that is not longer stays as it is.',
  kind: 'pure',
  inputs: [
    LIST,
    {
      key: 'length',
      type: 'number',
      label: 'length',
      description: 'How many items are kept. Fractions are cut off, below 0 counts as 0.',
      required: true,
      default: 0,
    },
  ],
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The items that are kept.' }],
  examples: [
    { in: { list: ['a', 'b', 'c'], length: 2 }, out: { list: ['a', 'b'] } },
    { title: 'Not longer', in: { list: ['a'], length: 2 }, out: { list: ['a'] } },
    { title: 'Below 0', in: { list: ['a', 'b'], length: -1 }, out: { list: [] } },
    { title: 'No list', in: { list: null, length: 2 }, out: { list: [] } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:list:0.0.1:truncate' },
  ],
  run: (list, length) => ({ list: list.slice(0, Math.max(0, length)) }),
});
