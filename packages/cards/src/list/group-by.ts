/** Group By: the items of a list by a value of theirs. */
import { defineCard, type Value, type ValueObject } from '@flowdeck/engine';
import { ObjectBuilder, pathReader } from '@flowdeck/engine/kit';
import { PATH } from '../shared/fields.js';
import { OBJECT_ERRORS } from '../shared/objects.js';
import { gradually, Pace, type Pieces } from '../shared/pace.js';
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
    ...OBJECT_ERRORS,
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
    return gradually(grouped(list, pathReader(segmentsOf(path))));
  },
});

function* grouped(list: readonly Value[], read: (item: Value) => Value): Pieces<{ groups: ValueObject }> {
  const pace = new Pace();
  const groups = new ObjectBuilder<Value[]>();
  const { object } = groups;
  for (const item of list) {
    const key = keyText(read(item));
    if (Object.hasOwn(object, key)) object[key]?.push(item);
    else groups.set(key, [item]);
    if (pace.step()) yield;
  }
  return { groups: object };
}
