/** Filter Custom: keeps the items that a flow says yes to. */
import { defineCard } from '@flowdeck/engine';
import { truthy } from '@flowdeck/engine/kit';
import { after } from '../shared/eventually.js';
import { atLeastOne, CONCURRENCY, FLOW, PER_ITEM } from '../shared/fields.js';
import { LIST } from './fields.js';

export const filterCustom = defineCard({
  id: 'list.filterCustom',
  title: 'Filter Custom',
  description:
    'Calls a flow once per item and keeps the items for which its result is true, unchanged and in order. A flow that was stopped by Continue If does not keep its item.',
  kind: 'control',
  inputs: [LIST, FLOW, CONCURRENCY],
  extraInputs: PER_ITEM,
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The items that were kept.' }],
  traits: { passive: true },
  examples: [{ in: { list: [1, 2, 3, 4], flow: 'is-even' }, out: { list: [2, 4] } }],
  addresses: [
    {
      address: 'root:kernel:list:0.0.1:filter',
      in: { flo: 'flow' },
      model: { async: true, cooperative: true, timeout: 300_000 },
    },
  ],
  run: (list, flow, concurrency, ctx) => {
    const verdicts = ctx.callEach(flow, list, {
      concurrency: atLeastOne(concurrency),
      collect: (result) => result.kind !== 'stop' && truthy(result.value),
    });
    return after(verdicts, (kept) => ({ list: list.filter((_, index) => kept[index] === true) }));
  },
});
