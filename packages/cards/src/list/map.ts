/** Map: a new list of what a flow makes of each item. */
import { defineCard } from '@flowdeck/engine';
import { after } from '../shared/eventually.js';
import { atLeastOne, CONCURRENCY, FLOW, PER_ITEM } from '../shared/fields.js';
import { elementOf } from '../shared/results.js';
import { LIST } from './fields.js';

const MAPPED_OUTPUT = 'new list';

export const listMap = defineCard({
  id: 'list.map',
  title: 'Map',
  description:
    'Calls a flow once per item and gives the results as a list of the same length and order. A result of one field is that field, unless "new list" is declared as a list of objects; a flow that was stopped gives its message, or null.',
  kind: 'control',
  inputs: [LIST, FLOW, CONCURRENCY],
  extraInputs: PER_ITEM,
  outputs: [{ key: MAPPED_OUTPUT, type: 'any', list: true, label: 'new list', description: 'One element per item.' }],
  seesOutputs: true,
  traits: { passive: true, givesAsItComes: true },
  examples: [{ in: { list: [1, 2, 3], flow: 'to-text' }, out: { 'new list': ['1', '2', '3'] } }],
  addresses: [
    {
      address: 'root:kernel:list:0.0.1:map',
      in: { flo: 'flow' },
      model: { async: true, cooperative: true, timeout: 300_000 },
    },
  ],
  run: (list, flow, concurrency, ctx, outputs) => {
    const options = { concurrency: atLeastOne(concurrency), collect: elementOf(outputs, MAPPED_OUTPUT) };
    return after(ctx.callEach(flow, list, options), (elements) => ({ [MAPPED_OUTPUT]: elements }));
  },
});
