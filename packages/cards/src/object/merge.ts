/** Object Merge: the keys of several objects in one. */
import { defineCard, type ValueObject } from '@flowdeck/engine';
import { membersOf, OBJECT_ERRORS, outputInPieces } from '../shared/objects.js';
import { gradually } from '../shared/pace.js';

export const objectMerge = defineCard({
  id: 'object.merge',
  title: 'Merge',
  description:
    'One object with the keys of all; where several have a key, the last one wins. Only the top level is merged: a nested object is taken whole.',
  kind: 'pure',
  inputs: [
    { key: 'object 1', type: 'object', label: 'object 1', description: 'The first object.' },
    { key: 'object 2', type: 'object', label: 'object 2', description: 'Wins over the first.' },
  ],
  extraInputs: { type: 'object', description: 'Further objects, "object 3" and so on; each wins over those before.' },
  outputs: [{ key: 'output', type: 'object', label: 'output', description: 'The merged object.' }],
  errors: OBJECT_ERRORS,
  examples: [
    {
      in: {
        'object 1': { email: 'jane@example.com', id: 123 },
        'object 2': { email: 'john@example.com', last: 'Doe' },
      },
      out: { output: { email: 'john@example.com', id: 123, last: 'Doe' } },
    },
    {
      title: 'Nested objects are not merged',
      in: { 'object 1': { a: { x: 1 } }, 'object 2': { a: { y: 2 } }, 'object 3': { b: 3 } },
      out: { output: { a: { y: 2 }, b: 3 } },
    },
    { title: 'Under other names', in: { base: { a: 1 }, more: { a: 2 } }, out: { output: { a: 2 } } },
    { title: 'Null is an empty object', in: { 'object 1': null, 'object 2': { a: 1 } }, out: { output: { a: 1 } } },
  ],
  addresses: [{ address: 'root:kernel:object:0.0.1:merge', in: { start: 'object 1', sink: 'object 2' } }],
  run: (first, second, more) => {
    // Extra inputs are declared objects, so that the engine gives objects or null.
    const objects = [first, second, ...(Object.values(more) as readonly (ValueObject | null)[])];
    return gradually(outputInPieces(membersOf(objects)));
  },
});
