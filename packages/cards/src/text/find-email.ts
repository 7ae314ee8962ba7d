/** Find Email: the first e-mail address in a text. */
import { defineCard } from '@flowdeck/engine';
import { TEXT } from './fields.js';

const LOCAL = /[A-Za-z0-9._%+'-]/;

export const findEmail = defineCard({
  id: 'text.findEmail',
  title: 'Find Email',
  description:
    "The first e-mail address in a text: letters, digits and . _ % + - ' before the @, and after it a domain name with at least one dot. Empty when there is none.",
  kind: 'pure',
  inputs: [TEXT],
  outputs: [{ key: 'email', type: 'text', label: 'email', description: 'The address, or an empty text.' }],
  examples: [
    { in: { text: 'Contact: Jane <jane@acme.com>, bob@acme.com' }, out: { email: 'jane@acme.com' } },
    {
      title: 'The dot of a sentence',
      in: { text: 'Write to o.neil+x@mail.acme.co.uk.' },
      out: { email: 'o.neil+x@mail.acme.co.uk' },
    },
    { title: 'No domain', in: { text: 'me@home' }, out: { email: '' } },
    { title: 'Null is an empty text', in: { text: null }, out: { email: '' } },
  ],
  addresses: [{ address: 'root:kernel:string:0.0.1:email', in: { string: 'text' } }],
  run: (text) => ({ email: firstAddress(text) }),
});

/** Goes from @ to @, so that every character is looked at a fixed number of times. */
function firstAddress(text: string): string {
  const dotted = /[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/y;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    dotted.lastIndex = at + 1;
    const domain = dotted.exec(text)?.[0];
    if (domain === undefined) continue;
    let start = at;
    while (start > 0 && LOCAL.test(text[start - 1] ?? '')) start--;
    if (start < at) return text.slice(start, at + 1) + domain;
  }
  return '';
}
