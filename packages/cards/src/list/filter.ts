/** List Filter: the items that compare as asked. */
import { defineCard } from '@flowdeck/engine';
import { comparator, pathReader } from '@flowdeck/engine/kit';
import { COMPARISON, COMPARISON_ERRORS, PATH } from '../shared/fields.js';
import { segmentsOf } from '../shared/places.js';
import { COMPARED_WITH, LIST } from './fields.js';

export const listFilter = defineCard({
  id: 'list.filter',
  title: 'Filter',
  description: 'The items for which "item operator comparison" holds, unchanged and in order.',
  kind: 'pure',
  inputs: [LIST, COMPARISON[1], PATH, COMPARED_WITH],
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The items that were kept.' }],
  errors: {
    ...COMPARISON_ERRORS,
    'path-depth': 'The path has more than 1,000 keys.',
    conversion: 'The path is neither text nor a list of texts.',
  },
  examples: [
    {
      in: {
        list: [
          { type: 'folder', id: 1 },
          { type: 'secret', id: 2 },
        ],
        operator: '==',
        path: 'type',
        comparison: 'folder',
      },
      out: { list: [{ type: 'folder', id: 1 }] },
    },
    {
      title: '"in" asks whether the item lies in the comparison',
      in: { list: ['a', 'b'], operator: 'in', comparison: ['b', 'z'] },
      out: { list: ['b'] },
    },
    {
      title: 'Without a path the item itself is compared',
      in: { list: [{}, { x: 1 }], operator: 'is not empty' },
      out: { list: [{ x: 1 }] },
    },
    { title: 'Unknown operator', in: { list: [1], operator: '=', comparison: 1 }, error: 'unknown-operator' },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:filterBy' }],
  run: (list, operator, path, comparison) => {
    const holds = comparator(operator);
    const read = pathReader(segmentsOf(path));
    return { list: list.filter((item) => holds(read(item), comparison)) };
  },
});
