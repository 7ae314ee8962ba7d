/** Difference: a list without the items of others. */
import { defineCard, type Value } from '@flowdeck/engine';
import { gradually, Pace, type Pieces } from '../shared/pace.js';
import { LIST_1, LIST_2, listsOf, MORE_LISTS } from './fields.js';
import { IDENTITY_ERRORS, Identities } from './identity.js';

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
    const others = [second, ...listsOf(more)];
    return gradually(rest(first, others));
  },
});

function* rest(first: readonly Value[], others: readonly (readonly Value[])[]): Pieces<{ list: readonly Value[] }> {
  const pace = new Pace();
  const identities = new Identities(pace);
  const taken = new Set<Value>();
  for (const other of others) {
    for (const item of other) {
      taken.add(identities.of(withoutCase(item)));
      if (pace.step()) yield;
    }
  }
  const list: Value[] = [];
  for (const item of first) {
    if (!taken.has(identities.of(withoutCase(item)))) list.push(item);
    if (pace.step()) yield;
  }
  return { list };
}

function withoutCase(item: Value): Value {
  return typeof item === 'string' ? item.toLowerCase() : item;
}
