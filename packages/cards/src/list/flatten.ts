/** Flatten: a list of lists as one list. */
import { defineCard } from '@flowdeck/engine';
import { BOUND_ERRORS, checkListLength } from '../shared/bounds.js';
import { LIST } from './fields.js';

export const flatten = defineCard({
  id: 'list.flatten',
  title: 'Flatten',
  description: 'Puts the items of the lists in a list into one list. One level; items that are no lists stay.',
  kind: 'pure',
  inputs: [{ ...LIST, key: 'lists', label: 'lists', description: 'A list of lists. Null is an empty one.' }],
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The items of all lists.' }],
  errors: BOUND_ERRORS,
  examples: [
    { in: { lists: [['a'], ['b', 'c']] }, out: { list: ['a', 'b', 'c'] } },
    { title: 'One level', in: { lists: [[['a']], 'b', null, []] }, out: { list: [['a'], 'b', null] } },
    { title: 'No lists', in: { lists: null }, out: { list: [] } },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:flatten' }],
  run: (lists) => {
    checkListLength(lists.reduce<number>((count, item) => count + (Array.isArray(item) ? item.length : 1), 0));
    return { list: lists.flat() };
  },
});
