/** Find Last: where a text last stands in another. */
import { defineCard } from '@flowdeck/engine';
import { LOOK_FOR, LOOK_IN, POSITION } from './fields.js';

export const findLast = defineCard({
  id: 'text.findLast',
  title: 'Find Last',
  description: 'Position of the last occurrence of a text, taken as it is. An empty text is found at the end.',
  kind: 'pure',
  inputs: [
    LOOK_IN,
    LOOK_FOR,
    {
      key: 'rightmost',
      type: 'number',
      label: 'right-most position',
      description: 'The last position at which an occurrence may start. Null: anywhere.',
    },
  ],
  outputs: [POSITION],
  examples: [
    { in: { 'look in': 'Mary Ann Doe', 'look for': ' ' }, out: { position: 8 } },
    {
      title: 'Not beyond a position',
      in: { 'look in': 'Mary Ann Doe', 'look for': ' ', rightmost: 7 },
      out: { position: 4 },
    },
    { title: 'None', in: { 'look in': 'abc', 'look for': 'z' }, out: { position: -1 } },
    { title: 'Null is an empty text', in: { 'look in': null, 'look for': 'a' }, out: { position: -1 } },
  ],
  addresses: [
    {
      address: 'root:kernel:string:0.0.1:lastIndexOf',
      in: { string: 'look in', substr: 'look for', index: 'rightmost' },
      out: { output: 'position' },
    },
  ],
  run: (text, sought, rightmost) => ({ position: text.lastIndexOf(sought, rightmost ?? text.length) }),
});
