/** List Merge: the objects that stand at one position of several lists as one object. */
import { defineCard, type ValueObject } from '@flowdeck/engine';
import { safeObject } from '@flowdeck/engine/kit';
import { BOUND_ERRORS, checkListLength } from '../shared/bounds.js';
import { LIST_1, LIST_2 } from './fields.js';

const OBJECTS = 'Objects. Null is an empty list.';

export const listMerge = defineCard({
  id: 'list.merge',
  title: 'Merge',
  description:
    'One list of the objects of several lists, merged position by position: the first with the first, and so on. Where several have a key, the later list wins. The result is as long as the longest list.',
  kind: 'pure',
  inputs: [
    { ...LIST_1, type: 'object', required: false, description: OBJECTS },
    { ...LIST_2, type: 'object', required: false, description: OBJECTS },
  ],
  extraInputs: { type: 'object', list: true, description: 'Further lists, "list 3" and so on.' },
  outputs: [{ key: 'list', type: 'object', list: true, label: 'list', description: 'The merged objects.' }],
  errors: BOUND_ERRORS,
  examples: [
    {
      in: { 'list 1': [{ id: 1 }, { id: 2 }], 'list 2': [{ name: 'Ann' }, { name: 'Bob' }] },
      out: {
        list: [
          { id: 1, name: 'Ann' },
          { id: 2, name: 'Bob' },
        ],
      },
    },
    {
      title: 'The later list wins, the longest decides',
      in: { 'list 1': [{ a: 1, b: 1 }], 'list 2': [{ b: 2 }, { b: 3 }], 'list 3': [{ c: 4 }] },
      out: { list: [{ a: 1, b: 2, c: 4 }, { b: 3 }] },
    },
    { title: 'Null adds nothing', in: { 'list 1': [{ a: 1 }, null], 'list 2': null }, out: { list: [{ a: 1 }, {}] } },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:list:0.0.1:merge', in: { list1: 'list 1', list2: 'list 2' } },
  ],
  run: (first, second, more) => {
    // Extra inputs that are declared lists of objects: the engine gives such lists, never null.
    const further = Object.values(more) as readonly (readonly (ValueObject | null)[])[];
    const lists = [first, second, ...further];
    const longest = lists.reduce((most, list) => Math.max(most, list.length), 0);
    checkListLength(longest);
    return {
      list: Array.from({ length: longest }, (_, index) =>
        safeObject(lists.flatMap((list) => Object.entries(list[index] ?? {}))),
      ),
    };
  },
});
