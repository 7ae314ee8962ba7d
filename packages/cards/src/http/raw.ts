/** Raw Request: any method, text in and text out. */

import { defineCard } from '@flowdeck/engine';
import { connectorAddress, platformAddress, REQUEST } from './addresses.js';
import { bodyText } from './body.js';
import {
  CONNECTION,
  FOLLOW,
  HEADERS,
  HTTP_ERRORS,
  HTTP_TIMEOUT,
  QUERY,
  RESPONSE_HEADERS,
  STATUS_CODE,
  URL_FIELD,
} from './fields.js';
import { headersOf } from './headers.js';
import { httpSend } from './send.js';

export const httpRaw = defineCard({
  id: 'http.raw',
  title: 'Raw Request',
  description:
    'Sends an HTTP request and gives the answer as text. It sets no Content-Type by itself: for XML, forms and JSON lists.',
  kind: 'effect',
  named: true,
  inputs: [
    URL_FIELD,
    {
      key: 'method',
      type: 'text',
      label: 'Method',
      description: 'The HTTP method.',
      required: true,
      default: 'GET',
    },
    QUERY,
    HEADERS,
    { key: 'body', type: 'text', label: 'Body', description: 'Sent as it is. Empty: no body.' },
    FOLLOW,
  ],
  outputs: [
    STATUS_CODE,
    RESPONSE_HEADERS,
    { key: 'body', type: 'text', label: 'Body', description: 'As it came, never parsed.' },
  ],
  connection: CONNECTION,
  traits: { requests: 'url', method: 'method' },
  timeoutMs: HTTP_TIMEOUT,
  errors: { ...HTTP_ERRORS, 'http-method': 'The method is not a word.' },
  examples: [
    {
      title: 'A form',
      in: {
        url: 'https://api.example.com/messages',
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: 'To=%2B15005550006&Body=Hello',
      },
    },
  ],
  addresses: [
    connectorAddress('raw', { ...REQUEST, 'Request/Method': 'method', 'Request/Body': 'body' }),
    platformAddress('raw'),
  ],
  run: async (inputs, ctx) => {
    const response = await httpSend({ ...inputs, defaults: {} }, ctx);
    return { statusCode: response.status, headers: headersOf(response), body: bodyText(response) };
  },
});
