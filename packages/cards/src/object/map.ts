/** Object Map: a new object of what a flow makes of each key of an object. */
import { defineCard } from '@flowdeck/engine';
import { after } from '../shared/eventually.js';
import { atLeastOne, CONCURRENCY, FLOW, PER_ITEM } from '../shared/fields.js';
import { inTurns } from '../shared/pace.js';
import { OBJECT, OBJECT_OUTPUT } from './fields.js';
import { objectOf, PAIR_ERRORS, pairsIn } from './pairs.js';

export const objectMap = defineCard({
  id: 'object.map',
  title: 'Map',
  description:
    'Calls a flow once per key of an object, in the order of the keys, with the item {key, value}. Every call returns "key" and "value", which make the new object; one that returns no key adds nothing, and of equal keys the last one wins.',
  kind: 'control',
  inputs: [OBJECT, FLOW, { ...CONCURRENCY, default: 5 }],
  extraInputs: PER_ITEM,
  outputs: [OBJECT_OUTPUT],
  traits: { passive: true },
  errors: PAIR_ERRORS,
  examples: [{ in: { object: { up: 'down' }, flow: 'swap' }, out: { output: { down: 'up' } } }],
  addresses: [{ address: 'root:kernel:object:0.0.1:process', in: { flo: 'flow' } }],
  run: (object, flow, concurrency, ctx) => {
    const items = Object.entries(object).map(([key, value]) => ({ key, value }));
    const results = ctx.callEach(flow, items, {
      concurrency: atLeastOne(concurrency),
      collect: ({ kind, outputs }) => (kind === 'stop' ? {} : outputs),
    });
    return after(results, (pairs) => inTurns(objectOf(pairsIn(pairs)), ctx));
  },
});
