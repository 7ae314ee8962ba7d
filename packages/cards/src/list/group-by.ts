/** Group By: the items of a list by a value of theirs. */
import { defineCard, type Value } from '@flowdeck/engine';
import { pathReader, safeObject } from '@flowdeck/engine/kit';
import { PATH } from '../shared/fields.js';
import { segmentsOf } from '../shared/places.js';
import { LIST } from './fields.js';
import { keyText } from './key-text.js';

export const groupBy = defineCard({
  id: 'list.groupBy',
  title: 'Group By',
  description:
    'An object of lists: the key is the value at the path as text, the list holds the items with it in order. Items without a value are under "null".',
  kind: 'pure',
  inputs: [LIST, PATH],
  outputs: [{ key: 'groups', type: 'object', label: 'groups', description: 'Lists of items by value.' }],
  errors: {
    'path-depth': 'The path has more than 1,000 keys.',
    conversion: 'The path is neither text nor a list of texts, or a value at the path has no text.',
  },
  examples: [
    {
      in: { list: [{ a: 1 }, { a: 2 }, { a: 3 }, { a: 3 }], path: 'a' },
      out: { groups: { 1: [{ a: 1 }], 2: [{ a: 2 }], 3: [{ a: 3 }, { a: 3 }] } },
    },
    {
      title: 'Nested, and missing',
      in: { list: [{ b: { d: 'x' } }, {}], path: 'b.d' },
      out: { groups: { x: [{ b: { d: 'x' } }], null: [{}] } },
    },
    { title: 'Without a path', in: { list: ['a', 'b', 'a'] }, out: { groups: { a: ['a', 'a'], b: ['b'] } } },
    { title: 'No list', in: { list: null, path: 'a' }, out: { groups: {} } },
    { title: 'Not a path', in: { list: [], path: false }, error: 'conversion' },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:groupBy' }],
  run: (list, path) => {
    const read = pathReader(segmentsOf(path));
    const groups = new Map<string, Value[]>();
    for (const item of list) {
      const key = keyText(read(item));
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
    return { groups: safeObject(groups) };
  },
});
