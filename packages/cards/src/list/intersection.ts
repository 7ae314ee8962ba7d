/** Intersection: what several lists have in common. */
import { defineCard, type Value } from '@flowdeck/engine';
import { gradually, Pace, type Pieces } from '../shared/pace.js';
import { LIST_1, LIST_2, listsOf, MORE_LISTS } from './fields.js';
import { IDENTITY_ERRORS, Identities, identitySet } from './identity.js';

export const intersection = defineCard({
  id: 'list.intersection',
  title: 'Intersection',
  description:
    'The items that are in every list, in the order of the first one and without duplicates. Lists and objects are compared by content.',
  kind: 'pure',
  inputs: [LIST_1, LIST_2],
  extraInputs: MORE_LISTS,
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The common items.' }],
  errors: IDENTITY_ERRORS,
  examples: [
    { in: { 'list 1': ['c', 'a', 'b', 'c'], 'list 2': ['b', 'c', 'd'] }, out: { list: ['c', 'b'] } },
    {
      title: 'Of three lists, one of them empty',
      in: { 'list 1': [1, 2], 'list 2': [1, 2], 'list 3': null },
      out: { list: [] },
    },
    {
      title: 'Upper and lower case differ',
      in: { 'list 1': ['Ann', 'bob'], 'list 2': ['ann', 'bob'] },
      out: { list: ['bob'] },
    },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:intersection', in: { list1: 'list 1', list2: 'list 2' } }],
  run: (first, second, more) => {
    const others = [second, ...listsOf(more)];
    return gradually(common(first, others));
  },
});

function* common(first: readonly Value[], others: readonly (readonly Value[])[]): Pieces<{ list: readonly Value[] }> {
  const pace = new Pace();
  const identities = new Identities(pace);
  const inOthers: ReadonlySet<Value>[] = [];
  for (const other of others) inOthers.push(yield* identitySet(other, identities, pace));
  const found = new Set<Value>();
  const list: Value[] = [];
  for (const item of first) {
    const identity = identities.of(item);
    if (inOthers.every((other) => other.has(identity)) && !found.has(identity)) {
      found.add(identity);
      list.push(item);
    }
    pace.spend(inOthers.length);
    if (pace.step()) yield;
  }
  return { list };
}
