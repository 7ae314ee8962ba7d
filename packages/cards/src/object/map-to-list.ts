/** Map to List: a list of what a flow makes of each key of an object. */
import { defineCard } from '@flowdeck/engine';
import { after } from '../shared/eventually.js';
import { atLeastOne, CONCURRENCY, FLOW, PER_ITEM } from '../shared/fields.js';
import { elementOf } from '../shared/results.js';

const MAPPED_TO_LIST_OUTPUT = 'new list';

export const mapToList = defineCard({
  id: 'object.mapToList',
  title: 'Map to List',
  description:
    'Calls a flow once per key of an object, in the order of the keys, with the item {key, value}; the results make a list.',
  kind: 'control',
  inputs: [
    { key: 'object', type: 'object', label: 'object', description: 'Null is an empty object.', required: true },
    FLOW,
    { ...CONCURRENCY, default: 5 },
  ],
  extraInputs: PER_ITEM,
  outputs: [
    { key: MAPPED_TO_LIST_OUTPUT, type: 'any', list: true, label: 'new list', description: 'One element per key.' },
  ],
  seesOutputs: true,
  traits: { passive: true },
  examples: [{ in: { object: { up: 'down' }, flow: 'join-pair' }, out: { 'new list': ['up=down'] } }],
  addresses: [
    { address: 'root:kernel:object:0.0.1:map', in: { flo: 'flow' }, model: { async: true, cooperative: true } },
  ],
  run: (object, flow, concurrency, ctx, outputs) => {
    const items = Object.entries(object).map(([key, value]) => ({ key, value }));
    const options = { concurrency: atLeastOne(concurrency), collect: elementOf(outputs, MAPPED_TO_LIST_OUTPUT) };
    return after(ctx.callEach(flow, items, options), (elements) => ({ [MAPPED_TO_LIST_OUTPUT]: elements }));
  },
});
