/** Call Flow Async: starts a flow and does not wait for it. */
import { defineCard } from '@flowdeck/engine';
import { FLOW, FORWARDED } from '../shared/fields.js';

export const callAsync = defineCard({
  id: 'flow.callAsync',
  title: 'Call Flow Async',
  description:
    'Starts a flow as a run of its own and goes on at once. What becomes of that run does not matter to this one.',
  kind: 'control',
  inputs: [FLOW],
  extraInputs: FORWARDED,
  outputs: [{ key: 'runId', type: 'text', label: 'run id', description: 'Id of the new run.' }],
  traits: { detached: true, callsOnce: true, noResult: true },
  examples: [{ in: { flow: 'write-audit-log', event: 'order-shipped' } }],
  run: (flow, ctx) => ({ runId: ctx.spawn(flow) }),
});
