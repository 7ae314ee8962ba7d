/** Sort Custom: a list in the order of what a flow makes of each item. */
import { defineCard } from '@flowdeck/engine';
import { after } from '../shared/eventually.js';
import { atLeastOne, CONCURRENCY, FLOW, PER_ITEM } from '../shared/fields.js';
import { inTurns } from '../shared/pace.js';
import { LIST } from './fields.js';
import { sortedBy } from './order.js';

export const sortCustom = defineCard({
  id: 'list.sortCustom',
  title: 'Sort Custom',
  description:
    'Calls a flow once per item and sorts the items by its results, ascending and by the rules of Sort. An item whose flow was stopped by Continue If has no result and comes last.',
  kind: 'control',
  inputs: [LIST, FLOW, CONCURRENCY],
  extraInputs: PER_ITEM,
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The sorted list.' }],
  traits: { passive: true },
  examples: [{ in: { list: ['ccc', 'a', 'bb'], flow: 'length' }, out: { list: ['a', 'bb', 'ccc'] } }],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:list:0.0.1:sort', in: { flo: 'flow' }, out: { 'sorted list': 'list' } },
  ],
  run: (list, flow, concurrency, ctx) => {
    const keys = ctx.callEach(flow, list, {
      concurrency: atLeastOne(concurrency),
      collect: (result) => (result.kind === 'stop' ? null : result.value),
    });
    return after(keys, (found) => {
      const sorted = inTurns(sortedBy(list, found), ctx);
      return after(sorted, (items) => ({ list: items }));
    });
  },
});
