/** Remove Duplicates: the first item of each distinct value. */
import { defineCard, type Value } from '@flowdeck/engine';
import { pathReader } from '@flowdeck/engine/kit';
import { PATH } from '../shared/fields.js';
import { gradually, type Pieces } from '../shared/pace.js';
import { segmentsOf } from '../shared/places.js';
import { ITEM_PATH_ERRORS, LIST } from './fields.js';
import { distinct } from './identity.js';

export const removeDuplicates = defineCard({
  id: 'list.removeDuplicates',
  title: 'Remove Duplicates',
  description:
    'Keeps the first item of each distinct value at the path. Items that are neither objects nor lists are compared themselves, and without a path all items are.',
  kind: 'pure',
  inputs: [LIST, PATH],
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The list without duplicates.' }],
  errors: ITEM_PATH_ERRORS,
  examples: [
    {
      in: {
        list: [
          { name: 'Nicole', value: 10 },
          { name: 'Sarah', value: 20 },
          { name: 'Emily', value: 10 },
        ],
        path: 'value',
      },
      out: {
        list: [
          { name: 'Nicole', value: 10 },
          { name: 'Sarah', value: 20 },
        ],
      },
    },
    { title: 'Plain values', in: { list: [9, 80, 1, 9, 20, 1], path: 'value' }, out: { list: [9, 80, 1, 20] } },
    { title: 'Without a path', in: { list: [{ a: 1 }, { a: 1 }, { a: 2 }] }, out: { list: [{ a: 1 }, { a: 2 }] } },
    { title: 'No list', in: { list: null, path: 'a' }, out: { list: [] } },
    { title: 'Not a path', in: { list: [], path: {} }, error: 'conversion' },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:uniqueBy', out: { 'unique list': 'list' } }],
  run: (list, path) => {
    const segments = segmentsOf(path);
    return gradually(withoutRepeats(list, segments));
  },
});

function* withoutRepeats(list: readonly Value[], segments: readonly string[]): Pieces<{ list: readonly Value[] }> {
  const read = pathReader(segments);
  return { list: yield* distinct(list, (item) => (isPlain(item) ? item : read(item))) };
}

function isPlain(item: Value): boolean {
  return typeof item !== 'object' || item === null || item instanceof Date;
}
