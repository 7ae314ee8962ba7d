/** Pause Raw: answers the starter as the author writes it, and waits to be resumed from outside. */
import { defineCard } from '@flowdeck/engine';
import { RAW_ANSWER } from '../shared/fields.js';
import { checkStatus, STATUS_ERRORS } from '../shared/status.js';
import { RESUME_ERRORS, resumed } from './resume.js';

export const pauseRaw = defineCard({
  id: 'control.pauseRaw',
  title: 'Pause Raw',
  description:
    'Answers whoever started the run with a status, headers and a text, then waits until the run gets the signal "resume". The keys of what the signal brings become outputs. Nothing is added to the answer: an id by which the caller resumes the run has to stand in it.',
  kind: 'control',
  inputs: RAW_ANSWER,
  outputs: [],
  extraOutputs: { type: 'any' },
  errors: { ...STATUS_ERRORS, ...RESUME_ERRORS },
  examples: [
    { in: { statusCode: 200, headers: { 'content-type': 'application/xml' }, body: '<waiting/>' } },
    { title: 'No such status', in: { statusCode: 302 }, error: 'invalid-status' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:control:0.0.1:pauseRaw' },
  ],
  run: (status, headers, body, ctx) => {
    ctx.respond({ statusCode: checkStatus(status), headers, body });
    return resumed(ctx);
  },
});
