/** Decode Component: text out of a part of a URL. */
import { defineCard, RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';
import { TEXT, TEXT_OUTPUT } from '../text/fields.js';

export const decodeComponent = defineCard({
  id: 'url.decodeComponent',
  title: 'Decode Component',
  description: 'The opposite of Encode Component. A plus sign stays a plus sign.',
  kind: 'pure',
  inputs: [TEXT],
  outputs: [TEXT_OUTPUT],
  errors: {
    'percent-encoding': 'A percent sign is not followed by two hexadecimal digits, or the bytes are not UTF-8.',
  },
  examples: [
    { in: { text: 'Sherlock%20Holmes%3A%20Detective' }, out: { output: 'Sherlock Holmes: Detective' } },
    { title: 'A plus sign', in: { text: 'a+b' }, out: { output: 'a+b' } },
    { title: 'Malformed', in: { text: '100%' }, error: 'percent-encoding' },
    { title: 'Not UTF-8', in: { text: '%C3%28' }, error: 'percent-encoding' },
  ],
  addresses: [{ address: 'root:kernel:url:0.0.1:decodeComponent', in: { string: 'text' } }],
  run: (text) => {
    try {
      return { output: decodeURIComponent(text) };
    } catch {
      throw new RunError<CardsCode>('percent-encoding', 'The text is not percent-encoded UTF-8.', {
        at: { field: 'text' },
        hint: 'Write a percent sign that is meant as such as %25.',
      });
    }
  },
});
