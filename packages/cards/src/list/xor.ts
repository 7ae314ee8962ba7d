/** List XOR: what only one of two lists has. */
import { defineCard, type Value } from '@flowdeck/engine';
import { BOUND_ERRORS, checkListLength } from '../shared/bounds.js';
import { gradually, Pace, type Pieces } from '../shared/pace.js';
import { LIST_1, LIST_2 } from './fields.js';
import { IDENTITY_ERRORS, Identities, identitySet } from './identity.js';

export const listXor = defineCard({
  id: 'list.xor',
  title: 'XOR',
  description:
    'The items that are in one of two lists and not in both, without duplicates: those of the first list, then those of the second. Lists and objects are compared by content; 1 and "1" differ.',
  kind: 'pure',
  inputs: [LIST_1, LIST_2],
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The items of one list alone.' }],
  errors: { ...IDENTITY_ERRORS, ...BOUND_ERRORS },
  examples: [
    { in: { 'list 1': ['a', 'b', 'a'], 'list 2': ['b', 'c'] }, out: { list: ['a', 'c'] } },
    {
      title: 'Objects by content',
      in: { 'list 1': [{ id: 1, name: 'Ann' }, 1], 'list 2': [{ name: 'Ann', id: 1 }, '1'] },
      out: { list: [1, '1'] },
    },
    { title: 'An empty list takes nothing away', in: { 'list 1': [1, 2], 'list 2': null }, out: { list: [1, 2] } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:list:0.0.1:xor', in: { list1: 'list 1', list2: 'list 2' } },
  ],
  run: (first, second) => {
    checkListLength(first.length + second.length);
    return gradually(eitherAlone(first, second));
  },
});

function* eitherAlone(first: readonly Value[], second: readonly Value[]): Pieces<{ list: readonly Value[] }> {
  const pace = new Pace();
  const identities = new Identities(pace);
  const inFirst = yield* identitySet(first, identities, pace);
  const inSecond = yield* identitySet(second, identities, pace);
  const found = new Set<Value>();
  const list: Value[] = [];
  for (const [items, others] of [
    [first, inSecond],
    [second, inFirst],
  ] as const) {
    for (const item of items) {
      const identity = identities.of(item);
      if (!others.has(identity) && !found.has(identity)) {
        found.add(identity);
        list.push(item);
      }
      if (pace.step()) yield;
    }
  }
  return { list };
}
