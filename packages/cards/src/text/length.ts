/** Length: how many characters a text has. */
import { defineCard } from '@flowdeck/engine';
import { TEXT } from './fields.js';

export const textLength = defineCard({
  id: 'text.length',
  title: 'Length',
  description: 'The number of characters (UTF-16 units) of a text.',
  kind: 'pure',
  inputs: [TEXT],
  outputs: [{ key: 'length', type: 'number', label: 'length', description: 'The number of characters.' }],
  examples: [
    { in: { text: 'abc' }, out: { length: 3 } },
    { title: 'Outside of the basic plane', in: { text: '😀' }, out: { length: 2 } },
    { title: 'Null is an empty text', in: { text: null }, out: { length: 0 } },
  ],
  addresses: [{ address: 'root:kernel:string:0.0.1:length', in: { string: 'text' } }],
  run: (text) => ({ length: text.length }),
});
