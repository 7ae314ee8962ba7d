/** To Upper Case. */
import { defineCard } from '@flowdeck/engine';
import { TEXT, TEXT_OUTPUT } from './fields.js';

export const toUpperCase = defineCard({
  id: 'text.toUpperCase',
  title: 'To Upper Case',
  description: 'Turns all letters into capitals, by the rules of Unicode and of no particular language.',
  kind: 'pure',
  inputs: [TEXT],
  outputs: [TEXT_OUTPUT],
  examples: [
    { in: { text: 'abc' }, out: { output: 'ABC' } },
    { title: 'It may grow', in: { text: 'straße' }, out: { output: 'STRASSE' } },
    { title: 'Null is an empty text', in: { text: null }, out: { output: '' } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:string:0.0.1:toUpperCase', in: { string: 'text' } },
  ],
  run: (text) => ({ output: text.toUpperCase() }),
});
