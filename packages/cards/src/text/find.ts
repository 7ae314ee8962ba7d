/** Find: where a text first stands in another. */
import { defineCard } from '@flowdeck/engine';
import { LOOK_FOR, LOOK_IN, POSITION } from './fields.js';

export const textFind = defineCard({
  id: 'text.find',
  title: 'Find',
  description: 'Position of the first occurrence of a text, taken as it is. An empty text is found at 0.',
  kind: 'pure',
  inputs: [LOOK_IN, LOOK_FOR],
  outputs: [POSITION],
  examples: [
    { in: { 'look in': '<https://x>; rel="next"', 'look for': '>' }, out: { position: 10 } },
    { title: 'None', in: { 'look in': 'abc', 'look for': 'z' }, out: { position: -1 } },
    { title: 'Case matters', in: { 'look in': 'abc', 'look for': 'B' }, out: { position: -1 } },
    { title: 'Not a pattern', in: { 'look in': 'abc.', 'look for': '.' }, out: { position: 3 } },
    { title: 'Null is an empty text', in: { 'look in': 'abc', 'look for': null }, out: { position: 0 } },
  ],
  addresses: [
    {
      address: 'root:kernel:string:0.0.1:find',
      in: { string: 'look in', substr: 'look for' },
      out: { output: 'position' },
    },
  ],
  run: (text, sought) => ({ position: text.indexOf(sought) }),
});
