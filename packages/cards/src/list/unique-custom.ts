/** Unique Custom: the first item of each value that a flow gives. */
import { defineCard } from '@flowdeck/engine';
import { after } from '../shared/eventually.js';
import { atLeastOne, CONCURRENCY, FLOW, PER_ITEM } from '../shared/fields.js';
import { inTurns } from '../shared/pace.js';
import { LIST } from './fields.js';
import { distinct, IDENTITY_ERRORS } from './identity.js';

export const uniqueCustom = defineCard({
  id: 'list.uniqueCustom',
  title: 'Unique Custom',
  description:
    'Calls a flow once per item and keeps the first item of each distinct result. A flow that was stopped by Continue If gives null.',
  kind: 'control',
  inputs: [LIST, FLOW, CONCURRENCY],
  extraInputs: PER_ITEM,
  outputs: [{ key: 'list', type: 'any', list: true, label: 'list', description: 'The items that were kept.' }],
  traits: { passive: true },
  errors: IDENTITY_ERRORS,
  examples: [{ in: { list: ['Ann', 'ANN', 'Bob'], flow: 'to-lower-case' }, out: { list: ['Ann', 'Bob'] } }],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:list:0.0.1:unique', in: { flo: 'flow' }, out: { 'unique list': 'list' } },
  ],
  run: (list, flow, concurrency, ctx) => {
    const keys = ctx.callEach(flow, list, {
      concurrency: atLeastOne(concurrency),
      collect: (result) => (result.kind === 'stop' ? null : result.value),
    });
    return after(keys, (found) => {
      const kept = inTurns(
        distinct(list, (_, index) => found[index] ?? null),
        ctx,
      );
      return after(kept, (items) => ({ list: items }));
    });
  },
});
