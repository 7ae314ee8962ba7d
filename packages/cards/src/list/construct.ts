/** List Construct: a list of single values. */
import { defineCard } from '@flowdeck/engine';

export const listConstruct = defineCard({
  id: 'list.construct',
  title: 'Construct',
  description: 'Makes a list of its inputs, in the order of the document. Their names do not matter.',
  kind: 'pure',
  inputs: [],
  extraInputs: { type: 'any', description: 'The items. A list among them becomes a list within the list.' },
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The items.' }],
  examples: [
    { in: { a: 'email', b: 'firstName', c: 'lastName' }, out: { list: ['email', 'firstName', 'lastName'] } },
    { title: 'Nothing given', in: {}, out: { list: [] } },
    { title: 'A list of lists', in: { a: ['x'], b: null }, out: { list: [['x'], null] } },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:construct' }],
  run: (items) => ({ list: Object.values(items) }),
});
