/** Unzip: the keys of an object, and its values. */
import { defineCard } from '@flowdeck/engine';
import { OBJECT } from './fields.js';

export const unzip = defineCard({
  id: 'object.unzip',
  title: 'Unzip',
  description: 'The keys and the values of an object as two lists of the same order. Zip puts them together again.',
  kind: 'pure',
  inputs: [OBJECT],
  outputs: [
    { key: 'keys', type: 'text', list: true, label: 'keys', description: 'The keys.' },
    { key: 'values', type: 'any', list: true, label: 'values', description: 'Their values.' },
  ],
  examples: [
    {
      in: { object: { 'first.name': 'John', 'last.name': 'Doe' } },
      out: { keys: ['first.name', 'last.name'], values: ['John', 'Doe'] },
    },
    { title: 'No object', in: { object: null }, out: { keys: [], values: [] } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:object:0.0.1:unzip' },
  ],
  run: (object) => ({ keys: Object.keys(object), values: Object.values(object) }),
});
