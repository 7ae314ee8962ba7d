/** Close: answers the caller of an API endpoint flow now. */
import { defineCard } from '@flowdeck/engine';
import { RAW_ANSWER } from '../shared/fields.js';
import { checkStatus, STATUS_ERRORS } from '../shared/status.js';

const [ANSWER_STATUS, ANSWER_HEADERS] = RAW_ANSWER;

export const close = defineCard({
  id: 'flow.close',
  title: 'Close',
  description:
    'Answers the caller of an API endpoint flow now; the flow goes on. It may stand in a flow that the endpoint flow calls. A second answer in the same run is dropped.',
  kind: 'control',
  inputs: [
    ANSWER_STATUS,
    ANSWER_HEADERS,
    { key: 'body', type: 'any', label: 'body', description: 'Text is sent as it is, anything else as JSON.' },
  ],
  outputs: [],
  traits: { answers: true },
  errors: STATUS_ERRORS,
  examples: [{ in: { statusCode: 200, body: { accepted: true } } }],
  addresses: [
    {
      address: 'root:channels:http:httpfunctions:0.0.1:close',
      in: { 'Response/statusCode': 'statusCode', 'Response/headers': 'headers', 'Response/body': 'body' },
    },
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:http:0.0.1:close', lacks: { in: ['headers', 'body'] } },
  ],
  run: (status, headers, body, ctx) => {
    ctx.respond({ statusCode: checkStatus(status), headers, body });
    return undefined;
  },
});
