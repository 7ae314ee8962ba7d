/** Difference: a list without the items of others. */
import { defineCard, type Value } from '@flowdeck/engine';
import { LIST_1, LIST_2, listsOf, MORE_LISTS } from './fields.js';
import { IDENTITY_ERRORS, identityOf } from './identity.js';

export const listDifference = defineCard({
  id: 'list.difference',
  title: 'Difference',
  description:
    'The items of the first list that are in none of the others, in order. Upper and lower case of texts make no difference; lists and objects are compared by content.',
  kind: 'pure',
  inputs: [LIST_1, LIST_2],
  extraInputs: { ...MORE_LISTS, description: 'Further lists to take away, "list 3" and so on.' },
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The items that are left.' }],
  errors: IDENTITY_ERRORS,
  examples: [
    {
      in: {
        'list 1': ['andrew', 'beth', 'carla', 'david', 'elwood'],
        'list 2': ['beth', 'david', 'frank', 'gina'],
      },
      out: { list: ['andrew', 'carla', 'elwood'] },
    },
    { title: 'Case', in: { 'list 1': ['Ann', 'Bob', 'Bob'], 'list 2': ['ANN'] }, out: { list: ['Bob', 'Bob'] } },
    { title: 'Nothing to take away', in: { 'list 1': [1, 2], 'list 2': null }, out: { list: [1, 2] } },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:difference', in: { list1: 'list 1', list2: 'list 2' } }],
  run: (first, second, more) => {
    const taken = new Set([second, ...listsOf(more)].flatMap((list) => list.map(withoutCase)));
    return { list: first.filter((item) => !taken.has(withoutCase(item))) };
  },
});

function withoutCase(item: Value): Value {
  return identityOf(typeof item === 'string' ? item.toLowerCase() : item);
}
