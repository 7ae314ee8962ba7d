/** Slice: the part of a list between two positions. */
import { defineCard } from '@flowdeck/engine';
import { LIST } from './fields.js';

export const slice = defineCard({
  id: 'list.slice',
  title: 'Slice',
  description:
    'The items from a start position up to, and without, an end position. Negative positions count from the end of the list: -2 is the last but one. What lies beyond the list is not there; it is no error.',
  kind: 'pure',
  inputs: [
    LIST,
    {
      key: 'start',
      type: 'number',
      label: 'start',
      description: 'Position of the first item, from 0. Fractions are cut off.',
      required: true,
      default: 0,
    },
    {
      key: 'end',
      type: 'number',
      label: 'end',
      description: 'Position of the first item that is left out. Null: to the end of the list.',
    },
  ],
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The part.' }],
  examples: [
    { in: { list: ['a', 'b', 'c', 'd'], start: 1, end: 3 }, out: { list: ['b', 'c'] } },
    { title: 'To the end', in: { list: ['a', 'b', 'c'], start: 1, end: null }, out: { list: ['b', 'c'] } },
    { title: 'From the end', in: { list: ['a', 'b', 'c', 'd'], start: -2, end: -1 }, out: { list: ['c'] } },
    { title: 'An end of 0 is no missing end', in: { list: ['a', 'b'], start: 0, end: 0 }, out: { list: [] } },
    { title: 'Beyond the list', in: { list: ['a'], start: 5, end: 9 }, out: { list: [] } },
    { title: 'No list', in: { list: null, start: 0, end: 1 }, out: { list: [] } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:list:0.0.1:slice' },
  ],
  run: (list, start, end) => ({ list: list.slice(start, end ?? undefined) }),
});
