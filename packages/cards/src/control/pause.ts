/** Pause: answers the starter and waits to be resumed from outside. */
import { defineCard, type Outputs, type Value } from '@flowdeck/engine';
import { isPlainObject } from '@flowdeck/engine/kit';

const THIRTY_DAYS = 30 * 86_400_000;

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
  errors: { timeout: 'The run was not resumed within 30 days.' },
  examples: [{ in: { message: 'Waiting for approval' } }],
  run: async (properties, ctx) => {
    ctx.respond({ statusCode: 200, headers: {}, body: { ...properties, runId: ctx.runId } });
    return outputsOf(await ctx.waitFor('resume', THIRTY_DAYS));
  },
});

/** Only an object has keys to become outputs. */
function outputsOf(payload: Value): Outputs {
  return isPlainObject(payload) ? payload : {};
}
