/** Keys: the keys of an object. */
import { defineCard } from '@flowdeck/engine';
import { OBJECT } from './fields.js';

export const keys = defineCard({
  id: 'object.keys',
  title: 'Keys',
  description:
    'The keys of an object: those that are whole numbers from the smallest on, then the others in their order, as JavaScript keeps them. Keys of objects within it are not among them.',
  kind: 'pure',
  inputs: [OBJECT],
  outputs: [{ key: 'keys', type: 'text', list: true, label: 'keys', description: 'The keys.' }],
  examples: [
    { in: { object: { Name: 'Emily', Address: { City: 'Oslo' } } }, out: { keys: ['Name', 'Address'] } },
    {
      title: 'Whole numbers come first',
      in: { object: { b: 1, 10: 2, 9: 3, a: 4 } },
      out: { keys: ['9', '10', 'b', 'a'] },
    },
    { title: 'No object', in: { object: null }, out: { keys: [] } },
  ],
  addresses: [{ address: 'root:kernel:object:0.0.1:keys' }],
  run: (object) => ({ keys: Object.keys(object) }),
});
