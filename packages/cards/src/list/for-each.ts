/** For Each: calls a flow per item and stops at the first error. */
import { defineCard } from '@flowdeck/engine';
import { after } from '../shared/eventually.js';
import { atLeastOne, CONCURRENCY, FLOW, PER_ITEM } from '../shared/fields.js';
import { LIST } from './fields.js';

export const listForEach = defineCard({
  id: 'list.forEach',
  title: 'For Each',
  description:
    'Calls a flow once per item, in order. After an error no further item is begun, those in progress finish, and the first error is the error of this card.',
  kind: 'control',
  inputs: [LIST, FLOW, CONCURRENCY],
  extraInputs: PER_ITEM,
  outputs: [],
  traits: { passive: true },
  examples: [{ in: { list: ['+15005550006', '+15005550009'], flow: 'notify' } }],
  addresses: [
    {
      address: 'root:kernel:list:0.0.1:each',
      in: { flo: 'flow' },
      model: { async: true, cooperative: true, timeout: 300_000 },
    },
  ],
  run: (list, flow, concurrency, ctx) =>
    after(ctx.callEach(flow, list, { concurrency: atLeastOne(concurrency), collect: 'none' }), () => undefined),
});
