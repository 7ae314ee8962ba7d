/** List Split: a list as two, cut at a position. */
import { defineCard } from '@flowdeck/engine';
import { LIST } from './fields.js';

export const listSplit = defineCard({
  id: 'list.split',
  title: 'Split',
  description:
    'Cuts a list in two at a position: the items before it, and the item there with all that follow. A negative position counts from the end of the list; one beyond the list leaves one of the two empty.',
  kind: 'pure',
  inputs: [
    LIST,
    {
      key: 'index',
      type: 'number',
      label: 'index',
      description: 'Position of the first item of the second list, from 0. Fractions are cut off.',
      required: true,
      default: 0,
    },
  ],
  outputs: [
    { key: 'before', type: 'any', list: true, label: 'before', description: 'The items before the position.' },
    { key: 'after', type: 'any', list: true, label: 'after', description: 'The items from the position on.' },
  ],
  examples: [
    { in: { list: ['a', 'b', 'c'], index: 1 }, out: { before: ['a'], after: ['b', 'c'] } },
    { title: 'From the end', in: { list: ['a', 'b', 'c'], index: -1 }, out: { before: ['a', 'b'], after: ['c'] } },
    { title: 'Beyond the list', in: { list: ['a'], index: 5 }, out: { before: ['a'], after: [] } },
    { title: 'No list', in: { list: null, index: 1 }, out: { before: [], after: [] } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:list:0.0.1:split' },
  ],
  run: (list, index) => ({ before: list.slice(0, index), after: list.slice(index) }),
});
