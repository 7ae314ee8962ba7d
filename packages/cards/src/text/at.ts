/** Text At: the character at a position. */
import { defineCard } from '@flowdeck/engine';
import { TEXT, TEXT_OUTPUT } from './fields.js';

export const textAt = defineCard({
  id: 'text.at',
  title: 'At',
  description: 'The character (UTF-16 unit) at a position. Empty when there is no such position.',
  kind: 'pure',
  inputs: [
    TEXT,
    { key: 'index', type: 'number', label: 'position', description: 'From 0.', required: true, default: 0 },
  ],
  outputs: [TEXT_OUTPUT],
  examples: [
    { in: { text: 'abc', index: 1 }, out: { output: 'b' } },
    { title: 'Beyond the end', in: { text: 'abc', index: 3 }, out: { output: '' } },
    { title: 'Negative positions do not exist', in: { text: 'abc', index: -1 }, out: { output: '' } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:string:0.0.1:at', in: { string: 'text' } },
  ],
  run: (text, index) => ({ output: text[index] ?? '' }),
});
