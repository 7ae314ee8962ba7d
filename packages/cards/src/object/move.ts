/** Object Move: a value of an object in another place. */
import { defineCard, type ValueObject } from '@flowdeck/engine';
import { getPath, removePath, setPath } from '@flowdeck/engine/kit';
import { PATH } from '../shared/fields.js';
import { segmentsOf } from '../shared/places.js';
import { OBJECT, OBJECT_OUTPUT } from './fields.js';

export const objectMove = defineCard({
  id: 'object.move',
  title: 'Move',
  description:
    'A copy of an object in which the value at one path stands at another. The object as it is when there is nothing at the source, or a path is empty.',
  kind: 'pure',
  inputs: [
    OBJECT,
    { ...PATH, key: 'source', label: 'source', required: true },
    { ...PATH, key: 'destination', label: 'destination', required: true },
  ],
  outputs: [OBJECT_OUTPUT],
  errors: {
    conversion: 'A path is neither text nor a list of texts.',
    'path-depth': 'A path has more than 1,000 keys.',
    'path-index': 'The destination is a position in a list that is too large.',
    'unsafe-key': 'A key of a path could change the object itself, such as __proto__.',
  },
  examples: [
    { in: { object: { a: 1, b: 2 }, source: 'a', destination: 'c' }, out: { output: { b: 2, c: 1 } } },
    { title: 'Deeper', in: { object: { a: 1 }, source: 'a', destination: 'a.b' }, out: { output: { a: { b: 1 } } } },
    {
      title: 'Null is a value',
      in: { object: { a: null }, source: 'a', destination: 'b' },
      out: { output: { b: null } },
    },
    { title: 'Missing', in: { object: { a: 1 }, source: 'x', destination: 'c' }, out: { output: { a: 1 } } },
    { title: 'Unsafe key', in: { object: { a: 1 }, source: 'a', destination: '__proto__.x' }, error: 'unsafe-key' },
    { title: 'Not a path', in: { object: {}, source: 'a', destination: {} }, error: 'conversion' },
  ],
  addresses: [{ address: 'root:kernel:object:0.0.1:move' }],
  run: (object, source, destination) => {
    const from = segmentsOf(source);
    const to = segmentsOf(destination);
    if (from.length === 0 || to.length === 0) return { output: object };
    const rest = removePath(object, from);
    if (rest === object) return { output: object };
    // Setting a key of an object gives an object.
    return { output: setPath(rest, to, getPath(object, from)) as ValueObject };
  },
});
