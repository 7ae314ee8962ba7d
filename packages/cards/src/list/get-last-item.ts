/** Get Last Item: the last item, and the rest. */
import { defineCard } from '@flowdeck/engine';
import { LIST } from './fields.js';

export const getLastItem = defineCard({
  id: 'list.getLastItem',
  title: 'Get Last Item',
  description: 'The last item of a list, and the list without it. Null and an empty list when there is none.',
  kind: 'pure',
  inputs: [LIST],
  outputs: [
    { key: 'list', type: 'any', list: true, label: 'list', description: 'The list without its last item.' },
    { key: 'item', type: 'any', label: 'item', description: 'The last item, or null.' },
  ],
  examples: [
    { in: { list: [1, 2, 3] }, out: { list: [1, 2], item: 3 } },
    { title: 'Empty', in: { list: [] }, out: { list: [], item: null } },
    { title: 'No list', in: { list: null }, out: { list: [], item: null } },
  ],
  addresses: [{ address: 'root:kernel:list:0.0.1:pop' }],
  run: (list) => ({ list: list.slice(0, -1), item: list.at(-1) ?? null }),
});
