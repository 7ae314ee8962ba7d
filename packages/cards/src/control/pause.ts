/** Pause: answers the starter and waits to be resumed from outside. */
import { defineCard } from '@flowdeck/engine';
import { RESUME_ERRORS, resumed } from './resume.js';

export const pause = defineCard({
  id: 'control.pause',
  title: 'Pause',
  description:
    'Answers whoever started the run with the inputs and the id of the run ("runId"), then waits until the run gets the signal "resume". The keys of what the signal brings become outputs.',
  kind: 'control',
  inputs: [],
  extraInputs: { type: 'any', description: 'Properties of the answer.' },
  outputs: [],
  extraOutputs: { type: 'any' },
  errors: RESUME_ERRORS,
  examples: [{ in: { message: 'Waiting for approval' } }],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:control:0.0.1:pause' },
  ],
  run: (properties, ctx) => {
    ctx.respond({ statusCode: 200, headers: {}, body: { ...properties, runId: ctx.runId } });
    return resumed(ctx);
  },
});
