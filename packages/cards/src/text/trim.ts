/** Trim: a text without blanks around it. */
import { defineCard } from '@flowdeck/engine';
import { TEXT, TEXT_OUTPUT } from './fields.js';

export const trim = defineCard({
  id: 'text.trim',
  title: 'Trim',
  description: 'Removes white space and line breaks from both ends of a text; those inside stay.',
  kind: 'pure',
  inputs: [TEXT],
  outputs: [TEXT_OUTPUT],
  examples: [
    { in: { text: '  a b  ' }, out: { output: 'a b' } },
    { title: 'Tabs and line breaks', in: { text: '\t Doe\r\n' }, out: { output: 'Doe' } },
    { title: 'Null is an empty text', in: { text: null }, out: { output: '' } },
  ],
  addresses: [{ address: 'root:kernel:string:0.0.1:trim', in: { string: 'text' } }],
  run: (text) => ({ output: text.trim() }),
});
