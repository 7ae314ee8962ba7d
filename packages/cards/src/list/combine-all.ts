/** Combine All: several lists as one. */
import { defineCard } from '@flowdeck/engine';
import { BOUND_ERRORS, checkListLength } from '../shared/bounds.js';
import { listsOf, MORE_LISTS, OPTIONAL_LISTS } from './fields.js';

export const combineAll = defineCard({
  id: 'list.combineAll',
  title: 'Combine All',
  description: 'One list of the items of all lists, in order. Duplicates stay; Union drops them.',
  kind: 'pure',
  inputs: OPTIONAL_LISTS,
  extraInputs: MORE_LISTS,
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'All items.' }],
  errors: BOUND_ERRORS,
  examples: [
    {
      in: { 'list 1': ['Alan', 'Bob'], 'list 2': ['Alicia', 'Bob'], 'list 3': ['Carla'] },
      out: { list: ['Alan', 'Bob', 'Alicia', 'Bob', 'Carla'] },
    },
    { title: 'Null is an empty list', in: { 'list 1': null, 'list 2': [1] }, out: { list: [1] } },
    { title: 'A single value is a list of one', in: { 'list 1': 'a', 'list 2': 'b' }, out: { list: ['a', 'b'] } },
  ],
  addresses: [
    { address: 'root:kernel:list:0.0.1:concat', in: { list1: 'list 1', list2: 'list 2' }, out: { output: 'list' } },
  ],
  run: (first, second, more) => {
    const lists = [first, second, ...listsOf(more)];
    checkListLength(lists.reduce((count, list) => count + list.length, 0));
    return { list: lists.flat() };
  },
});
