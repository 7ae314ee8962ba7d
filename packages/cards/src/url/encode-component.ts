/** Encode Component: text made fit for a part of a URL. */
import { defineCard } from '@flowdeck/engine';
import { textOf, utf8 } from '../shared/bytes.js';
import { inParts, textOutput } from '../shared/in-parts.js';
import { gradually } from '../shared/pace.js';
import { TEXT, TEXT_OUTPUT } from '../text/fields.js';

export const encodeComponent = defineCard({
  id: 'url.encodeComponent',
  title: 'Encode Component',
  description:
    "Percent-encodes all but letters, digits and - _ . ! ~ * ' ( ) as UTF-8. A blank becomes %20, which a form body accepts as well as a query. Half of a surrogate pair becomes the replacement character.",
  kind: 'pure',
  inputs: [TEXT],
  outputs: [TEXT_OUTPUT],
  traits: { urlSafe: true },
  examples: [
    { in: { text: 'Sherlock Holmes: Detective' }, out: { output: 'Sherlock%20Holmes%3A%20Detective' } },
    { title: 'UTF-8', in: { text: 'a&b=c/d?é' }, out: { output: 'a%26b%3Dc%2Fd%3F%C3%A9' } },
    { title: 'Half a surrogate pair', in: { text: '\ud800' }, out: { output: '%EF%BF%BD' } },
  ],
  addresses: [{ address: 'root:kernel:url:0.0.1:encodeComponent', in: { string: 'text' } }],
  run: (text) => gradually(textOutput(inParts(text, encodeText))),
});

/** `encodeURIComponent` throws at a lone surrogate; UTF-8 has no way to write one, so it is replaced first. */
export function encodeText(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return encodeURIComponent(textOf(utf8(text)));
  }
}
