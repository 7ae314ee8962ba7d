/** Object Get: the value at a path. */
import { defineCard } from '@flowdeck/engine';
import { getPath, pathReader } from '@flowdeck/engine/kit';
import { PATH } from '../shared/fields.js';
import { containerOf, segmentsOf } from '../shared/places.js';
import { CONTAINER, PLACE_ERRORS } from './fields.js';

export const objectGet = defineCard({
  id: 'object.get',
  title: 'Get',
  description: 'The value at a path of an object or a list. Null when there is none.',
  kind: 'pure',
  traits: { picks: 'path' },
  inputs: [CONTAINER, { ...PATH, required: true }],
  outputs: [{ key: 'output', type: 'any', label: 'output', description: 'The value, or null.' }],
  errors: PLACE_ERRORS,
  examples: [
    { in: { object: { all: [{ b: 'banana' }, { b: 'blackberry' }] }, path: 'all.1.b' }, out: { output: 'blackberry' } },
    { title: 'Of a list', in: { object: [{ id: 7 }], path: '0.id' }, out: { output: 7 } },
    { title: 'Dots that belong to a key', in: { object: { 'a.b': 1 }, path: ['a.b'] }, out: { output: 1 } },
    { title: 'JSON text', in: { object: '{"a":{"b":2}}', path: 'a.b' }, out: { output: 2 } },
    { title: 'Missing', in: { object: { a: null }, path: 'a.b.c' }, out: { output: null } },
    { title: 'No implicit mapping over lists', in: { object: { a: [{ b: 1 }] }, path: 'a.b' }, out: { output: null } },
    { title: 'Not a path', in: { object: {}, path: true }, error: 'conversion' },
  ],
  addresses: [{ address: 'root:kernel:object:0.0.1:get' }],
  run: (object, path) => ({ output: getPath(containerOf(object), segmentsOf(path)) }),
  prepare: (_object, path) => {
    if (path === undefined) return null;
    const read = pathReader(segmentsOf(path));
    return (object) => ({ output: read(containerOf(object)) });
  },
});
