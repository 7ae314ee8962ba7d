/** Sort: a list in ascending order. */
import { defineCard, type Value } from '@flowdeck/engine';
import { pathReader } from '@flowdeck/engine/kit';
import { PATH } from '../shared/fields.js';
import { gradually, type Pieces } from '../shared/pace.js';
import { segmentsOf } from '../shared/places.js';
import { LIST } from './fields.js';
import { sortedBy } from './order.js';

export const sort = defineCard({
  id: 'list.sort',
  title: 'Sort',
  description:
    'The items in ascending order, or in that of their values at a path. Numbers by size, texts by code unit, dates by time; equal items keep their order, null comes last.',
  kind: 'pure',
  inputs: [LIST, PATH],
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The sorted list.' }],
  errors: {
    'path-depth': 'The path has more than 1,000 keys.',
    conversion: 'The path is neither text nor a list of texts.',
  },
  examples: [
    {
      in: {
        list: [
          { name: 'Sales', employees: 50 },
          { name: 'Legal', employees: 10 },
        ],
        path: 'employees',
      },
      out: {
        list: [
          { name: 'Legal', employees: 10 },
          { name: 'Sales', employees: 50 },
        ],
      },
    },
    { title: 'Numbers by size', in: { list: [80, 9, 1] }, out: { list: [1, 9, 80] } },
    {
      title: 'Texts by code unit',
      in: { list: ['80', 'b', '9', 'A', 'a'] },
      out: { list: ['80', '9', 'A', 'a', 'b'] },
    },
    { title: 'Null last', in: { list: [null, 2, 'x', 1] }, out: { list: [1, 2, 'x', null] } },
    { title: 'Not a path', in: { list: [], path: true }, error: 'conversion' },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:sortBy', out: { 'sorted list': 'list' } }],
  run: (list, path) => {
    const segments = segmentsOf(path);
    const keys = segments.length === 0 ? list : list.map(pathReader(segments));
    return gradually(sorted(list, keys));
  },
});

function* sorted(list: readonly Value[], keys: readonly Value[]): Pieces<{ list: readonly Value[] }> {
  return { list: yield* sortedBy(list, keys) };
}
