/** Unset: an object without the value at a path. */
import { defineCard, type ValueObject } from '@flowdeck/engine';
import { removePath } from '@flowdeck/engine/kit';
import { PATH } from '../shared/fields.js';
import { segmentsOf } from '../shared/places.js';
import { OBJECT, OBJECT_OUTPUT } from './fields.js';

export const unset = defineCard({
  id: 'object.unset',
  title: 'Unset',
  description:
    'A copy of an object without the key at a path. The object as it is when there is nothing at the path. In a list, later items move up.',
  kind: 'pure',
  inputs: [OBJECT, { ...PATH, required: true }],
  outputs: [OBJECT_OUTPUT],
  errors: {
    conversion: 'The path is neither text nor a list of texts.',
    'path-depth': 'The path has more than 1,000 keys.',
    'unsafe-key': 'A key of the path could change the object itself, such as __proto__.',
  },
  examples: [
    { in: { object: { a: 1, b: { c: 2, d: 3 } }, path: 'b.c' }, out: { output: { a: 1, b: { d: 3 } } } },
    { title: 'In a list', in: { object: { a: ['x', 'y', 'z'] }, path: 'a.1' }, out: { output: { a: ['x', 'z'] } } },
    { title: 'Missing', in: { object: { a: 1 }, path: 'b.c' }, out: { output: { a: 1 } } },
    { title: 'No object', in: { object: null, path: 'a' }, out: { output: {} } },
    { title: 'Unsafe key', in: { object: { a: 1 }, path: 'a.__proto__' }, error: 'unsafe-key' },
    { title: 'Not a path', in: { object: {}, path: true }, error: 'conversion' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:object:0.0.1:unset' },
  ],
  run: (object, path) => {
    const segments = segmentsOf(path);
    // With at least one key an object stays an object; without one there is nothing to remove.
    return { output: segments.length === 0 ? object : (removePath(object, segments) as ValueObject) };
  },
});
