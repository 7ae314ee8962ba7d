/** List Collapse: the objects of a list as one. */
import { defineCard } from '@flowdeck/engine';
import { membersOf, OBJECT_ERRORS, outputInPieces } from '../shared/objects.js';
import { gradually } from '../shared/pace.js';

export const listCollapse = defineCard({
  id: 'list.collapse',
  title: 'Collapse',
  description: 'One object with the keys of all objects of a list; where several have a key, the last one wins.',
  kind: 'pure',
  inputs: [{ key: 'list', type: 'object', list: true, label: 'list', description: 'The objects.', required: true }],
  outputs: [{ key: 'output', type: 'object', label: 'output', description: 'The merged object.' }],
  errors: OBJECT_ERRORS,
  examples: [
    { in: { list: [{ a: 1 }, { b: 2 }, { a: 3 }] }, out: { output: { a: 3, b: 2 } } },
    { title: 'Null adds nothing', in: { list: [{ a: 1 }, null] }, out: { output: { a: 1 } } },
    { title: 'No list', in: { list: null }, out: { output: {} } },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:collapse' }],
  run: (list) => gradually(outputInPieces(membersOf(list))),
});
