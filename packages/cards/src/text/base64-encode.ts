/** Base64 Encode. */
import { defineCard } from '@flowdeck/engine';
import { base64, utf8 } from '../shared/bytes.js';
import { TEXT, TEXT_OUTPUT } from './fields.js';

export const base64Encode = defineCard({
  id: 'text.base64Encode',
  title: 'Base64 Encode',
  description: 'The UTF-8 bytes of a text in base64 (RFC 4648, section 4), padded and in one line.',
  kind: 'pure',
  inputs: [TEXT],
  outputs: [TEXT_OUTPUT],
  examples: [
    { in: { text: 'user:pass' }, out: { output: 'dXNlcjpwYXNz' } },
    { title: 'UTF-8', in: { text: 'é' }, out: { output: 'w6k=' } },
    { title: 'Null is an empty text', in: { text: null }, out: { output: '' } },
  ],
  addresses: [{ address: 'root:kernel:string:0.0.1:base64', in: { string: 'text' } }],
  run: (text) => ({ output: base64(utf8(text)) }),
});
