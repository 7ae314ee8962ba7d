/** Get First Item: the first item, and the rest. */
import { defineCard } from '@flowdeck/engine';
import { LIST } from './fields.js';

export const getFirstItem = defineCard({
  id: 'list.getFirstItem',
  title: 'Get First Item',
  description: 'The first item of a list, and the list without it. Null and an empty list when there is none.',
  kind: 'pure',
  inputs: [LIST],
  outputs: [
    { key: 'list', type: 'any', list: true, label: 'list', description: 'The list without its first item.' },
    { key: 'item', type: 'any', label: 'item', description: 'The first item, or null.' },
  ],
  examples: [
    { in: { list: [1, 2, 3] }, out: { list: [2, 3], item: 1 } },
    { title: 'Empty', in: { list: [] }, out: { list: [], item: null } },
    { title: 'No list', in: { list: null }, out: { list: [], item: null } },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:shift' }],
  run: (list) => ({ list: list.slice(1), item: list[0] ?? null }),
});
