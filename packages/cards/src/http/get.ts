/** Get: an HTTP GET request, JSON in and JSON out. */
import { defineCard } from '@flowdeck/engine';
import { bodyValue } from './body.js';
import {
  HEADERS,
  HTTP_ERRORS,
  JSON_TYPE,
  QUERY,
  RESPONSE_BODY,
  RESPONSE_HEADERS,
  STATUS_CODE,
  TIMEOUT,
  URL_FIELD,
} from './fields.js';
import { send } from './send.js';

export const get = defineCard({
  id: 'http.get',
  title: 'Get',
  description: 'Reads from an address. The Content-Type is application/json unless the headers say otherwise.',
  kind: 'effect',
  inputs: [URL_FIELD, QUERY, HEADERS],
  outputs: [STATUS_CODE, RESPONSE_HEADERS, RESPONSE_BODY],
  traits: { requests: 'url' },
  timeoutMs: TIMEOUT,
  errors: HTTP_ERRORS,
  examples: [{ in: { url: 'https://api.example.com/pets', query: { type: 'Dog', page: 2 } } }],
  run: async (url, query, headers, ctx) => {
    const response = await send({ method: 'GET', url, query, headers, body: null, defaults: JSON_TYPE }, ctx);
    return { statusCode: response.status, headers: response.headers, body: bodyValue(response) };
  },
});
