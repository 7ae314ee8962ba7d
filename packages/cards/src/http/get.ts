/** Get: an HTTP GET request, JSON in and JSON out. */
import { defineCard } from '@flowdeck/engine';
import { connectorAddress, platformAddress, REQUEST } from './addresses.js';
import { bodyValue } from './body.js';
import {
  CONNECTION,
  FOLLOW,
  HEADERS,
  HTTP_ERRORS,
  HTTP_TIMEOUT,
  QUERY,
  RESPONSE_BODY,
  RESPONSE_HEADERS,
  STATUS_CODE,
  URL_FIELD,
} from './fields.js';
import { headersOf } from './headers.js';
import { httpSend } from './send.js';

export const httpGet = defineCard({
  id: 'http.get',
  title: 'Get',
  description: 'Reads from an address.',
  kind: 'effect',
  named: true,
  inputs: [URL_FIELD, QUERY, HEADERS, FOLLOW],
  outputs: [STATUS_CODE, RESPONSE_HEADERS, RESPONSE_BODY],
  connection: CONNECTION,
  traits: { requests: 'url', method: 'GET' },
  timeoutMs: HTTP_TIMEOUT,
  errors: HTTP_ERRORS,
  examples: [{ in: { url: 'https://api.example.com/pets', query: { type: 'Dog', page: 2 } } }],
  // That of the platform is inferred; not seen in a file of the vendor.
  addresses: [connectorAddress('get', REQUEST), platformAddress('get')],
  run: async (inputs, ctx) => {
    const response = await httpSend({ ...inputs, method: 'GET', body: null, defaults: {} }, ctx);
    return { statusCode: response.status, headers: headersOf(response), body: bodyValue(response) };
  },
});
