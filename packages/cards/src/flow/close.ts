/** Close: answers the caller of an API endpoint flow now. */
import { defineCard } from '@flowdeck/engine';
import { checkStatus, STATUS_ERRORS } from '../shared/status.js';

export const close = defineCard({
  id: 'flow.close',
  title: 'Close',
  description:
    'Answers the caller of an API endpoint flow now; the flow goes on. It may stand in a flow that the endpoint flow calls. A second answer in the same run is dropped.',
  kind: 'effect',
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
    { key: 'body', type: 'any', label: 'body', description: 'Text is sent as it is, anything else as JSON.' },
  ],
  outputs: [],
  traits: { answers: true },
  errors: STATUS_ERRORS,
  examples: [{ in: { statusCode: 200, body: { accepted: true } } }],
  run: (status, headers, body, ctx) => {
    ctx.respond({ statusCode: checkStatus(status), headers, body });
    return undefined;
  },
});
