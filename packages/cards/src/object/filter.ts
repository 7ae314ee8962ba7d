/** Object Filter: an object without the keys that hold nothing. */
import { defineCard } from '@flowdeck/engine';
import { cleaned } from './clean.js';
import { OBJECT, OBJECT_OUTPUT } from './fields.js';

export const objectFilter = defineCard({
  id: 'object.filter',
  title: 'Filter',
  description: 'Drops the keys without a value: null, "", {} or []. Only at the top level; Clear Empty goes deeper.',
  kind: 'pure',
  inputs: [OBJECT],
  outputs: [OBJECT_OUTPUT],
  examples: [
    { in: { object: { a: 1, b: '', c: null, d: { e: '' } } }, out: { output: { a: 1, d: { e: '' } } } },
    { title: 'No object', in: { object: null }, out: { output: {} } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:object:0.0.1:filter' },
  ],
  run: (object) => ({ output: cleaned(object) }),
});
