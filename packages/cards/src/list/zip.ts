/** List Zip: the items of two lists as pairs. */
import { defineCard } from '@flowdeck/engine';
import { BOUND_ERRORS, checkListLength } from '../shared/bounds.js';
import { LIST_1, LIST_2 } from './fields.js';

export const listZip = defineCard({
  id: 'list.zip',
  title: 'Zip',
  description:
    'A list of pairs: the first item of both lists, the second of both, and so on. A pair is a list of two. Where one list is shorter, null stands for what it lacks.',
  kind: 'pure',
  inputs: [LIST_1, LIST_2],
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The pairs.' }],
  errors: BOUND_ERRORS,
  examples: [
    {
      in: { 'list 1': ['a', 'b'], 'list 2': [1, 2] },
      out: {
        list: [
          ['a', 1],
          ['b', 2],
        ],
      },
    },
    {
      title: 'One is shorter',
      in: { 'list 1': ['a'], 'list 2': [1, 2] },
      out: {
        list: [
          ['a', 1],
          [null, 2],
        ],
      },
    },
    { title: 'No lists', in: { 'list 1': null, 'list 2': null }, out: { list: [] } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:list:0.0.1:zip', in: { list1: 'list 1', list2: 'list 2' } },
  ],
  run: (first, second) => {
    const length = Math.max(first.length, second.length);
    checkListLength(length * 3);
    return { list: Array.from({ length }, (_, index) => [first[index] ?? null, second[index] ?? null]) };
  },
});
