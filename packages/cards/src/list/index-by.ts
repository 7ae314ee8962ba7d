/** Index By: one value of every item, by another one. */
import { defineCard, type Value } from '@flowdeck/engine';
import { pathReader } from '@flowdeck/engine/kit';
import { OBJECT_ERRORS, type ObjectEntry, outputInPieces } from '../shared/objects.js';
import { gradually } from '../shared/pace.js';
import { segmentsOf } from '../shared/places.js';
import { LIST } from './fields.js';
import { keyText } from './key-text.js';

export const indexBy = defineCard({
  id: 'list.indexBy',
  title: 'Index By',
  description:
    'An object with a key for every item: the value at one path as text, and under it the value at another. Where several items have a key, the last one wins. Items without a key are under "null".',
  kind: 'pure',
  inputs: [
    LIST,
    { key: 'key path', type: 'any', label: 'key path', description: 'Path of the keys. Empty: the item itself.' },
    { key: 'value path', type: 'any', label: 'value path', description: 'Path of the values. Empty: the whole item.' },
  ],
  outputs: [{ key: 'output', type: 'object', label: 'output', description: 'Values by key.' }],
  errors: {
    ...OBJECT_ERRORS,
    'path-depth': 'A path has more than 1,000 keys.',
    conversion: 'A path is neither text nor a list of texts, or a key has no text.',
  },
  examples: [
    {
      in: {
        list: [
          { field: 'x', mine: 'one' },
          { field: 'y', mine: 'two' },
        ],
        'key path': 'field',
        'value path': 'mine',
      },
      out: { output: { x: 'one', y: 'two' } },
    },
    {
      title: 'Whole items; the last one wins',
      in: { list: [{ id: 1, n: 'a' }, { id: 1, n: 'b' }, {}], 'key path': 'id' },
      out: { output: { 1: { id: 1, n: 'b' }, null: {} } },
    },
    { title: 'No list', in: { list: null, 'key path': 'id' }, out: { output: {} } },
    { title: 'Not a path', in: { list: [], 'key path': true }, error: 'conversion' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:list:0.0.1:indexBy', in: { keyPath: 'key path', valuePath: 'value path' } },
  ],
  run: (list, keyPath, valuePath) => {
    const key = pathReader(segmentsOf(keyPath));
    const value = pathReader(segmentsOf(valuePath));
    return gradually(outputInPieces(indexed(list, key, value)));
  },
});

function* indexed(list: readonly Value[], key: Read, value: Read): Generator<ObjectEntry> {
  for (const item of list) yield [keyText(key(item)), value(item)];
}

type Read = (item: Value) => Value;
