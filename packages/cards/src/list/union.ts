/** Union: all distinct items of several lists. */
import { defineCard, type Value } from '@flowdeck/engine';
import { BOUND_ERRORS, checkListLength } from '../shared/bounds.js';
import { gradually, type Pieces } from '../shared/pace.js';
import { listsOf, MORE_LISTS, OPTIONAL_LISTS } from './fields.js';
import { distinct, IDENTITY_ERRORS } from './identity.js';

export const union = defineCard({
  id: 'list.union',
  title: 'Union',
  description:
    'The items of all lists without duplicates, each where it comes first. Lists and objects are compared by content; 1 and "1" differ.',
  kind: 'pure',
  inputs: OPTIONAL_LISTS,
  extraInputs: MORE_LISTS,
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The distinct items.' }],
  errors: { ...IDENTITY_ERRORS, ...BOUND_ERRORS },
  examples: [
    { in: { 'list 1': ['a', 'b'], 'list 2': ['b', 'c'] }, out: { list: ['a', 'b', 'c'] } },
    {
      title: 'Objects by content',
      in: { 'list 1': [{ id: 1, name: 'Ann' }], 'list 2': [{ name: 'Ann', id: 1 }, 1], 'list 3': ['1'] },
      out: { list: [{ id: 1, name: 'Ann' }, 1, '1'] },
    },
    { title: 'Null is an empty list', in: { 'list 1': null, 'list 2': null }, out: { list: [] } },
  ],
  addresses: [
    { address: 'root:kernel:list:0.0.1:union', in: { list1: 'list 1', list2: 'list 2' }, out: { union: 'list' } },
  ],
  run: (first, second, more) => {
    const lists = [first, second, ...listsOf(more)];
    checkListLength(lists.reduce((count, list) => count + list.length, 0));
    return gradually(united(lists.flat()));
  },
});

function* united(items: readonly Value[]): Pieces<{ list: readonly Value[] }> {
  return { list: yield* distinct(items) };
}
