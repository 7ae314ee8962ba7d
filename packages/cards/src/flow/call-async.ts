/** Call Flow Async: starts a flow and does not wait for it. */
import { defineCard } from '@flowdeck/engine';
import { after } from '../shared/eventually.js';
import { FLOW, FORWARDED } from '../shared/fields.js';

export const callAsync = defineCard({
  id: 'flow.callAsync',
  title: 'Call Flow Async',
  description: 'Starts a flow and goes on at once. What becomes of it does not matter to this one.',
  kind: 'control',
  inputs: [FLOW],
  extraInputs: FORWARDED,
  outputs: [
    { key: 'executionId', type: 'text', label: 'execution id', description: 'Id of the execution that was started.' },
  ],
  traits: { detached: true, callsOnce: true, noResult: true },
  examples: [{ in: { flow: 'write-audit-log', event: 'order-shipped' } }],
  addresses: [
    {
      address: 'root:kernel:control:0.0.1:run',
      in: { flo: 'flow' },
      lacks: { out: ['executionId'] },
      model: { timeout: 30_000 },
    },
  ],
  run: (flow, ctx) => after(ctx.spawn(flow), (executionId) => ({ executionId })),
});
