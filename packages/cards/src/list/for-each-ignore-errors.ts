/** For Each - Ignore Errors: calls a flow per item, whatever fails. */
import { defineCard } from '@flowdeck/engine';
import { after } from '../shared/eventually.js';
import { atLeastOne, CONCURRENCY, FLOW, PER_ITEM } from '../shared/fields.js';
import { LIST } from './fields.js';

export const forEachIgnoreErrors = defineCard({
  id: 'list.forEachIgnoreErrors',
  title: 'For Each - Ignore Errors',
  description:
    'Calls a flow once for every item and succeeds whatever fails. The runs that failed can be seen in the history.',
  kind: 'control',
  inputs: [LIST, FLOW, CONCURRENCY],
  extraInputs: PER_ITEM,
  outputs: [],
  traits: { passive: true, swallowsErrors: true },
  examples: [{ in: { list: ['+15005550006', '+15005550009'], flow: 'notify', concurrency: 5 } }],
  addresses: [
    {
      address: 'root:kernel:list:0.0.1:asyncEach',
      in: { flo: 'flow' },
      model: { async: true, cooperative: true, timeout: 300_000 },
    },
  ],
  run: (list, flow, concurrency, ctx) => {
    const options = { concurrency: atLeastOne(concurrency), collect: 'none', onError: 'ignore' } as const;
    return after(ctx.callEach(flow, list, options), () => undefined);
  },
});
