/** Call Flow: runs a flow and waits for its result. */
import { defineCard } from '@flowdeck/engine';
import { after } from '../shared/eventually.js';
import { FLOW, FORWARDED } from '../shared/fields.js';

export const call = defineCard({
  id: 'flow.call',
  title: 'Call Flow',
  description:
    'Calls a flow, waits for it, and gives the fields of its result as outputs. An error in the flow is the error of this card. A flow that was stopped by Continue If gives null for each output.',
  kind: 'control',
  inputs: [FLOW],
  extraInputs: FORWARDED,
  outputs: [],
  extraOutputs: { type: 'any' },
  traits: { passive: true, callsOnce: true },
  examples: [{ in: { flow: 'find-customer', email: 'jane@example.com' } }],
  addresses: [
    { address: 'root:kernel:control:0.0.1:spawn', in: { flo: 'flow' }, model: { async: true, timeout: 300_000 } },
  ],
  run: (flow, ctx) => after(ctx.call(flow), (result) => (result.kind === 'stop' ? {} : result.outputs)),
});
