/** Reduce: makes one value of a list, item by item. */
import { defineCard } from '@flowdeck/engine';
import { after, repeat } from '../shared/eventually.js';
import { FLOW, PER_ITEM } from '../shared/fields.js';
import { nextMemo } from '../shared/results.js';
import { LIST } from './fields.js';

export const reduce = defineCard({
  id: 'list.reduce',
  title: 'Reduce',
  description:
    'Calls a flow once per item, one after the other. Its input "memo" holds the start value, then what the call before gave. A flow that was stopped without a message leaves the memo as it is. An empty list gives the start value.',
  kind: 'control',
  inputs: [LIST, { key: 'memo', type: 'any', label: 'memo', description: 'The start value.', required: true }, FLOW],
  extraInputs: PER_ITEM,
  outputs: [{ key: 'item', type: 'any', label: 'item', description: 'The last memo.' }],
  traits: { passive: true },
  examples: [{ in: { list: [1, 7, 4, 19, 2], memo: 0, flow: 'larger' }, out: { item: 19 } }],
  addresses: [
    {
      address: 'root:kernel:list:0.0.1:reduce',
      in: { flo: 'flow' },
      model: { async: true, cooperative: true, timeout: 300_000 },
    },
  ],
  run: (list, start, flow, ctx) => {
    let memo = start;
    let index = 0;
    const reduced = repeat(() => {
      if (index >= list.length) return false;
      const call = ctx.call(flow, { item: list[index] ?? null, index, inputs: { memo } });
      return after(call, (result) => {
        memo = nextMemo(memo, result);
        index++;
        return true;
      });
    });
    return after(reduced, () => ({ item: memo }));
  },
});
