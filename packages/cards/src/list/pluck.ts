/** Pluck: one property of every object of a list. */
import { defineCard } from '@flowdeck/engine';
import { pathReader } from '@flowdeck/engine/kit';
import { segmentsOf } from '../shared/places.js';

export const pluck = defineCard({
  id: 'list.pluck',
  title: 'Pluck',
  description: 'A list of the values at one path of every object; null where an object has none.',
  kind: 'pure',
  inputs: [
    { key: 'list', type: 'object', list: true, label: 'list', description: 'The objects.', required: true },
    {
      key: 'key',
      type: 'any',
      label: 'key',
      description: 'Path of the property: keys separated by dots, or a list of keys.',
      required: true,
    },
  ],
  outputs: [{ key: 'values', type: 'any', list: true, label: 'values', description: 'As many as there are objects.' }],
  errors: {
    'path-depth': 'The path has more than 1,000 keys.',
    conversion: 'The key is neither text nor a list of texts.',
  },
  examples: [
    {
      in: { list: [{ name: 'Bob', age: 7 }, { name: 'Sarah' }], key: 'name' },
      out: { values: ['Bob', 'Sarah'] },
    },
    { title: 'Nested', in: { list: [{ a: { b: 1 } }, { a: {} }, null], key: 'a.b' }, out: { values: [1, null, null] } },
    { title: 'No list', in: { list: null, key: 'a' }, out: { values: [] } },
    { title: 'Not a path', in: { list: [], key: { a: 1 } }, error: 'conversion' },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:pluck' }],
  run: (list, key) => {
    const read = pathReader(segmentsOf(key));
    return { values: list.map((item) => read(item)) };
  },
});
