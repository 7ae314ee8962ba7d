/** Object Set: a copy with one value changed. */
import { defineCard, type Value } from '@flowdeck/engine';
import { setPath } from '@flowdeck/engine/kit';
import { PATH } from '../shared/fields.js';
import { segmentsOf } from '../shared/places.js';

export const set = defineCard({
  id: 'object.set',
  title: 'Set',
  description:
    'A copy of an object with the value at a path set. Missing parents are made. The object itself does not change.',
  kind: 'pure',
  inputs: [
    {
      key: 'object',
      type: 'object',
      label: 'object',
      description: 'The object. Null is an empty one.',
      required: true,
    },
    { ...PATH, required: true },
    { key: 'value', type: 'any', label: 'value', description: 'The value to set.', required: true },
  ],
  outputs: [{ key: 'output', type: 'object', label: 'output', description: 'The changed copy.' }],
  errors: {
    conversion: 'The path is neither text nor a list of texts.',
    'path-depth': 'The path has more than 1,000 keys.',
    'unsafe-key': 'A key of the path could change the object itself, such as __proto__.',
    'path-index': 'A position in a list is too large.',
  },
  examples: [
    { in: { object: { foo: '1' }, path: 'bar.baz', value: '2' }, out: { output: { foo: '1', bar: { baz: '2' } } } },
    {
      title: 'In a list',
      in: { object: { foo: ['0', '1', '2'] }, path: 'foo.1', value: '9' },
      out: { output: { foo: ['0', '9', '2'] } },
    },
    {
      title: 'Dots that belong to a key',
      in: { object: {}, path: ['foo.bar'], value: 1 },
      out: { output: { 'foo.bar': 1 } },
    },
    { title: 'Unsafe key', in: { object: {}, path: '__proto__.x', value: 1 }, error: 'unsafe-key' },
  ],
  addresses: [{ address: 'root:kernel:object:0.0.1:set' }],
  run: (object, path, value) => {
    const segments = segmentsOf(path);
    // With at least one key an object stays an object; without one there is nothing to set.
    const output =
      segments.length === 0 ? object : (setPath(object, segments, value) as { readonly [key: string]: Value });
    return { output };
  },
});
