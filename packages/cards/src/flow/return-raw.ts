/** Return Raw: ends an API endpoint flow with an answer of the author's making. */
import { defineCard } from '@flowdeck/engine';
import { RAW_ANSWER } from '../shared/fields.js';
import { checkStatus, STATUS_ERRORS } from '../shared/status.js';

export const returnRaw = defineCard({
  id: 'flow.returnRaw',
  title: 'Return Raw',
  description:
    'Ends an API endpoint flow and answers its caller with a status, headers and a text. In any other flow it is a Return of the three.',
  kind: 'control',
  inputs: RAW_ANSWER,
  outputs: [],
  mirror: true,
  traits: { passive: true, leaves: 'always' },
  errors: STATUS_ERRORS,
  examples: [{ in: { statusCode: 404, headers: { 'content-type': 'text/plain' }, body: 'No such order.' } }],
  addresses: [{ address: 'root:kernel:control:0.0.1:returnRaw', model: { mirrored: true } }],
  run: (status, headers, body, ctx) => {
    const answer = { statusCode: checkStatus(status), headers, body };
    return ctx.return(answer, answer);
  },
});
