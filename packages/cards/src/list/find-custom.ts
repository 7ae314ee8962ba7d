/** Find Custom: the first item that a flow says yes to. */
import { defineCard } from '@flowdeck/engine';
import { truthy } from '@flowdeck/engine/kit';
import { after, repeat } from '../shared/eventually.js';
import { FLOW, PER_ITEM } from '../shared/fields.js';
import { LIST } from './fields.js';

export const findCustom = defineCard({
  id: 'list.findCustom',
  title: 'Find Custom',
  description:
    'Calls a flow item by item, until its result is true for one; null and -1 when it is for none. A flow that was stopped by Continue If does not find its item.',
  kind: 'control',
  inputs: [LIST, FLOW],
  extraInputs: PER_ITEM,
  outputs: [
    { key: 'item', type: 'any', label: 'item', description: 'The item, or null.' },
    { key: 'index', type: 'number', label: 'index', description: 'Its position from 0, or -1.' },
  ],
  traits: { passive: true },
  examples: [{ in: { list: [2, 4, 12, 7, 3, 8], flow: 'is-odd' }, out: { item: 7, index: 3 } }],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:list:0.0.1:find', in: { flo: 'flow' } },
  ],
  run: (list, flow, ctx) => {
    let index = 0;
    let found = -1;
    const search = repeat(() => {
      if (index >= list.length) return false;
      return after(ctx.call(flow, { item: list[index] ?? null, index }), (result) => {
        if (result.kind !== 'stop' && truthy(result.value)) found = index;
        index++;
        return found < 0;
      });
    });
    return after(search, () => ({ item: list[found] ?? null, index: found }));
  },
});
