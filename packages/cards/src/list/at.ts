/** List At: the item at a position. */
import { defineCard } from '@flowdeck/engine';
import { LIST } from './fields.js';

export const listAt = defineCard({
  id: 'list.at',
  title: 'At',
  description: 'The item at a position of a list. Null when there is no such position.',
  kind: 'pure',
  inputs: [
    LIST,
    { key: 'index', type: 'number', label: 'index', description: 'Position, from 0.', required: true, default: 0 },
  ],
  outputs: [{ key: 'item', type: 'any', label: 'item', description: 'The item, or null.' }],
  examples: [
    { in: { list: ['a', 'b', 'c'], index: 1 }, out: { item: 'b' } },
    { title: 'Beyond the end', in: { list: ['a'], index: 5 }, out: { item: null } },
    { title: 'Negative positions do not exist', in: { list: ['a'], index: -1 }, out: { item: null } },
    { title: 'Null is an empty list', in: { list: null, index: 0 }, out: { item: null } },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:at' }],
  run: (list, index) => ({ item: list[index] ?? null }),
});
