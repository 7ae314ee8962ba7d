/** Return Raw: ends an API endpoint flow with an answer of the author's making. */
import { defineCard } from '@flowdeck/engine';
import { checkStatus, STATUS_ERRORS } from '../shared/status.js';

export const returnRaw = defineCard({
  id: 'flow.returnRaw',
  title: 'Return Raw',
  description:
    'Ends an API endpoint flow and answers its caller with a status, headers and a text. In any other flow it is a Return of the three.',
  kind: 'control',
  inputs: [
    {
      key: 'statusCode',
      type: 'number',
      label: 'status code',
      description: '200, or 400 to 599.',
      required: true,
      default: 200,
    },
    {
      key: 'headers',
      type: 'object',
      label: 'headers',
      description: 'Added to those that the host sends.',
      required: true,
      default: {},
    },
    { key: 'body', type: 'text', label: 'body', description: 'Sent as it is.', required: true, default: '' },
  ],
  outputs: [],
  mirror: true,
  traits: { leaves: 'always' },
  errors: STATUS_ERRORS,
  examples: [{ in: { statusCode: 404, headers: { 'content-type': 'text/plain' }, body: 'No such order.' } }],
  run: (status, headers, body, ctx) => {
    const answer = { statusCode: checkStatus(status), headers, body };
    return ctx.return(answer, answer);
  },
});
