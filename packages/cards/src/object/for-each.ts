/** Object For Each: calls a flow per key of an object and stops at the first error. */
import { defineCard } from '@flowdeck/engine';
import { after } from '../shared/eventually.js';
import { atLeastOne, CONCURRENCY, FLOW, PER_ITEM } from '../shared/fields.js';

export const objectForEach = defineCard({
  id: 'object.forEach',
  title: 'For Each',
  description:
    'Calls a flow once per key of an object, in the order of the keys, with the item {key, value}; nothing is collected. After an error no further key is begun, those in progress finish, and the first error is the error of this card.',
  kind: 'control',
  inputs: [
    { key: 'object', type: 'object', label: 'object', description: 'Null is an empty object.', required: true },
    FLOW,
    CONCURRENCY,
  ],
  extraInputs: PER_ITEM,
  outputs: [],
  traits: { passive: true },
  examples: [{ in: { object: { '+15005550006': 'Ann', '+15005550009': 'Bob' }, flow: 'notify' } }],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:object:0.0.1:each', in: { flo: 'flow' }, model: { async: true, cooperative: true } },
  ],
  run: (object, flow, concurrency, ctx) => {
    const items = Object.entries(object).map(([key, value]) => ({ key, value }));
    const options = { concurrency: atLeastOne(concurrency), collect: 'none' } as const;
    return after(ctx.callEach(flow, items, options), () => undefined);
  },
});
