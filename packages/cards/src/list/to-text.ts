/** List to Text: the items of a list as one text. */
import { defineCard } from '@flowdeck/engine';
import { BOUND_ERRORS, checkTextLength } from '../shared/bounds.js';

export const listToText = defineCard({
  id: 'list.toText',
  title: 'List to Text',
  description: 'Joins the items of a list to a text, with a separator between them. Null items are empty texts.',
  kind: 'pure',
  inputs: [
    {
      key: 'list',
      type: 'text',
      list: true,
      label: 'list',
      description: 'Texts; numbers, booleans and dates become texts, objects and lists JSON.',
      required: true,
    },
    {
      key: 'separator',
      type: 'text',
      label: 'separator',
      description: 'What stands between two items, as it is: there are no escapes. Empty: nothing.',
    },
  ],
  outputs: [{ key: 'text', type: 'text', label: 'text', description: 'The joined text.' }],
  errors: { ...BOUND_ERRORS, conversion: 'An item has no text.' },
  examples: [
    { in: { list: ['a', 'b'], separator: ',' }, out: { text: 'a,b' } },
    { title: 'Without a separator', in: { list: ['a', 1, true], separator: null }, out: { text: 'a1true' } },
    { title: 'Null items', in: { list: ['a', null, 'c'], separator: '||' }, out: { text: 'a||||c' } },
    { title: 'No list', in: { list: null, separator: ',' }, out: { text: '' } },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:join', in: { delimiter: 'separator' }, out: { string: 'text' } }],
  run: (list, separator) => {
    const between = separator ?? '';
    checkTextLength(list.reduce((length, item) => length + between.length + (item?.length ?? 0), 0));
    return { text: list.join(between) };
  },
});
