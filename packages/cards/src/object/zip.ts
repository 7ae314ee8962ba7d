/** Zip: an object of a list of keys and a list of values. */
import { defineCard, type Value } from '@flowdeck/engine';
import { OBJECT_ERRORS } from '../shared/objects.js';
import { gradually } from '../shared/pace.js';
import { OBJECT_OUTPUT } from './fields.js';
import { objectOf } from './pairs.js';

export const objectZip = defineCard({
  id: 'object.zip',
  title: 'Zip',
  description:
    'An object of keys and values, position by position. A key without a value gets null, a value without a key is left out, and of equal keys the last one wins.',
  kind: 'pure',
  inputs: [
    { key: 'keys', type: 'text', list: true, label: 'keys', description: 'The keys.', required: true },
    { key: 'values', type: 'any', list: true, label: 'values', description: 'Their values.', required: true },
  ],
  outputs: [OBJECT_OUTPUT],
  errors: OBJECT_ERRORS,
  examples: [
    {
      in: { keys: ['first.name', 'last.name'], values: ['John', 'Doe'] },
      out: { output: { 'first.name': 'John', 'last.name': 'Doe' } },
    },
    { title: 'More keys than values', in: { keys: ['a', 'b'], values: [1] }, out: { output: { a: 1, b: null } } },
    { title: 'More values than keys', in: { keys: ['a', null], values: [1, 2, 3] }, out: { output: { a: 1 } } },
    { title: 'No lists', in: { keys: null, values: null }, out: { output: {} } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:object:0.0.1:zip', out: { object: 'output' } },
  ],
  run: (keys, values) => gradually(objectOf(zipped(keys, values))),
});

function* zipped(keys: readonly Value[], values: readonly Value[]): Generator<readonly [key: Value, value: Value]> {
  for (let index = 0; index < keys.length; index++) yield [keys[index] ?? null, values[index] ?? null];
}
