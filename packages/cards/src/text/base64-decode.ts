/** Base64 Decode. */
import { defineCard } from '@flowdeck/engine';
import { fromBase64InPieces, textOf } from '../shared/bytes.js';
import { gradually, type Pieces } from '../shared/pace.js';
import { TEXT, TEXT_OUTPUT } from './fields.js';

export const base64Decode = defineCard({
  id: 'text.base64Decode',
  title: 'Base64 Decode',
  description:
    'The text whose UTF-8 bytes are given in base64. The URL-safe alphabet and missing padding are accepted; other characters are skipped, and bytes that are not UTF-8 become the replacement character.',
  kind: 'pure',
  inputs: [TEXT],
  outputs: [TEXT_OUTPUT],
  examples: [
    { in: { text: 'dXNlcjpwYXNz' }, out: { output: 'user:pass' } },
    { title: 'A single blank', in: { text: 'IA==' }, out: { output: ' ' } },
    { title: 'URL-safe, without padding', in: { text: 'w7_Dvw' }, out: { output: 'ÿÿ' } },
    { title: 'Null is an empty text', in: { text: null }, out: { output: '' } },
  ],
  addresses: [{ address: 'root:kernel:string:0.0.1:base64Decode', in: { string: 'text' } }],
  run: (text) => gradually(decoded(text)),
});

function* decoded(text: string): Pieces<{ readonly output: string }> {
  return { output: textOf(yield* fromBase64InPieces(text)) };
}
