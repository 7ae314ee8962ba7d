/** Size: how many keys an object has. */
import { defineCard } from '@flowdeck/engine';
import { OBJECT } from './fields.js';

export const size = defineCard({
  id: 'object.size',
  title: 'Size',
  description: 'The number of keys of an object. Keys of objects within it do not count.',
  kind: 'pure',
  inputs: [OBJECT],
  outputs: [{ key: 'size', type: 'number', label: 'size', description: 'The number of keys.' }],
  examples: [
    { in: { object: { a: 1, b: { c: 2, d: 3 } } }, out: { size: 2 } },
    { title: 'No object', in: { object: null }, out: { size: 0 } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:object:0.0.1:size', out: { output: 'size' } },
  ],
  run: (object) => ({ size: Object.keys(object).length }),
});
