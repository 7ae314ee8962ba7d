/** Split: a text cut into a list. */
import { defineCard } from '@flowdeck/engine';
import { BOUND_ERRORS, checkListLength, MAX_ITEMS } from '../shared/bounds.js';
import { TEXT } from './fields.js';

export const textSplit = defineCard({
  id: 'text.split',
  title: 'Split',
  description:
    'Cuts a text at every separator, which is taken as it is. Parts are not trimmed, and empty parts are kept: an empty text is a list of one empty part.',
  kind: 'pure',
  inputs: [
    TEXT,
    {
      key: 'separator',
      type: 'text',
      label: 'separator',
      description: 'One character or more; a comma when null. Empty: every character (UTF-16 unit) is a part.',
      default: ',',
    },
  ],
  outputs: [{ key: 'list', type: 'text', list: true, label: 'result list', description: 'The parts, in order.' }],
  errors: BOUND_ERRORS,
  examples: [
    { in: { text: 'one,two,three', separator: ',' }, out: { list: ['one', 'two', 'three'] } },
    { title: 'Empty parts are kept', in: { text: 'a,b,,c' }, out: { list: ['a', 'b', '', 'c'] } },
    { title: 'A separator is no pattern', in: { text: 'a||b', separator: '||' }, out: { list: ['a', 'b'] } },
    { title: 'Characters', in: { text: 'abc', separator: '' }, out: { list: ['a', 'b', 'c'] } },
    { title: 'Null is an empty text', in: { text: null, separator: null }, out: { list: [''] } },
  ],
  addresses: [
    {
      address: 'root:kernel:string:0.0.1:split',
      in: { string: 'text', delimiter: 'separator' },
      out: { output: 'list' },
    },
  ],
  run: (text, separator) => {
    const list = text.split(separator ?? ',', MAX_ITEMS + 1);
    checkListLength(list.length);
    return { list: text === '' ? [''] : list };
  },
});
