/** List Find: the first item that compares as asked. */
import { defineCard } from '@flowdeck/engine';
import { comparator, pathReader } from '@flowdeck/engine/kit';
import { COMPARISON, COMPARISON_ERRORS, PATH } from '../shared/fields.js';
import { segmentsOf } from '../shared/places.js';
import { COMPARED_WITH, LIST } from './fields.js';

export const listFind = defineCard({
  id: 'list.find',
  title: 'Find',
  description:
    'The first item for which "item operator comparison" holds, and its position; null and -1 when there is none.',
  kind: 'pure',
  inputs: [LIST, COMPARISON[1], PATH, COMPARED_WITH],
  outputs: [
    { key: 'item', type: 'any', label: 'item', description: 'The item, or null.' },
    { key: 'index', type: 'number', label: 'index', description: 'Its position from 0, or -1.' },
  ],
  errors: {
    ...COMPARISON_ERRORS,
    'path-depth': 'The path has more than 1,000 keys.',
    conversion: 'The path is neither text nor a list of texts.',
  },
  examples: [
    {
      in: {
        list: [{ factorType: 'sms' }, { factorType: 'push' }],
        operator: '==',
        path: 'factorType',
        comparison: 'push',
      },
      out: { item: { factorType: 'push' }, index: 1 },
    },
    { title: 'None', in: { list: ['a'], operator: '==', comparison: 'b' }, out: { item: null, index: -1 } },
    {
      title: 'The first that is not null: null counts as the text "null"',
      in: { list: [null, null, 'x'], operator: '!=', comparison: 'null' },
      out: { item: 'x', index: 2 },
    },
    { title: 'Unknown operator', in: { list: [1], operator: '=', comparison: 1 }, error: 'unknown-operator' },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:findBy' }],
  run: (list, operator, path, comparison) => {
    const holds = comparator(operator);
    const read = pathReader(segmentsOf(path));
    const index = list.findIndex((item) => holds(read(item), comparison));
    return { item: list[index] ?? null, index };
  },
});
