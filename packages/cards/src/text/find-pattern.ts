/** Find Pattern: where a regular expression first matches. */
import { defineCard } from '@flowdeck/engine';
import { after } from '../shared/eventually.js';
import { compilePattern, PATTERN_ERRORS } from '../shared/regex.js';
import { LOOK_IN, PATTERN, POSITION } from './fields.js';

export const findPattern = defineCard({
  id: 'text.findPattern',
  title: 'Find Pattern',
  description:
    'Position of the first match of a regular expression. Capital and small letters differ. Matching takes linear time; therefore patterns cannot look around or refer to groups.',
  kind: 'pure',
  inputs: [LOOK_IN, PATTERN],
  outputs: [POSITION],
  errors: PATTERN_ERRORS,
  examples: [
    { in: { 'look in': 'jdoe12', 'look for': '[0-9]' }, out: { position: 4 } },
    { title: 'None', in: { 'look in': 'jdoe', 'look for': '[0-9]' }, out: { position: -1 } },
    { title: 'All but some', in: { 'look in': "O'Neil", 'look for': '[^A-Za-z0-9.%]' }, out: { position: 1 } },
    { title: 'Alternatives', in: { 'look in': 'a cat', 'look for': 'dog|cat' }, out: { position: 2 } },
    { title: 'Null matches at once', in: { 'look in': null, 'look for': null }, out: { position: 0 } },
    { title: 'Not a pattern', in: { 'look in': 'a(b', 'look for': '(' }, error: 'pattern-syntax' },
    { title: 'Looking ahead', in: { 'look in': 'ab', 'look for': 'a(?=b)' }, error: 'pattern-unsupported' },
  ],
  addresses: [
    {
      address: 'root:kernel:string:0.0.1:match',
      in: { string: 'look in', target: 'look for' },
      out: { output: 'position' },
    },
  ],
  run: (text, source) => after(compilePattern(source), (pattern) => ({ position: pattern.search(text) })),
});
