/** To Lower Case. */
import { defineCard } from '@flowdeck/engine';
import { TEXT, TEXT_OUTPUT } from './fields.js';

export const toLowerCase = defineCard({
  id: 'text.toLowerCase',
  title: 'To Lower Case',
  description: 'Turns all letters into small ones, by the rules of Unicode and of no particular language.',
  kind: 'pure',
  inputs: [TEXT],
  outputs: [TEXT_OUTPUT],
  examples: [
    { in: { text: 'Jane.Doe@Acme.COM' }, out: { output: 'jane.doe@acme.com' } },
    { title: 'Beyond ASCII', in: { text: 'ÉΣ' }, out: { output: 'éς' } },
    { title: 'Null is an empty text', in: { text: null }, out: { output: '' } },
  ],
  addresses: [{ address: 'root:kernel:string:0.0.1:toLowerCase', in: { string: 'text' } }],
  run: (text) => ({ output: text.toLowerCase() }),
});
