/** Patch: an HTTP PATCH request, JSON in and JSON out. */
import { defineCard } from '@flowdeck/engine';
import { bodyValue } from './body.js';
import {
  BODY,
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

export const patch = defineCard({
  id: 'http.patch',
  title: 'Patch',
  description: 'Changes what is at an address. The Content-Type is application/json unless the headers say otherwise.',
  kind: 'effect',
  inputs: [URL_FIELD, QUERY, HEADERS, BODY],
  outputs: [STATUS_CODE, RESPONSE_HEADERS, RESPONSE_BODY],
  timeoutMs: TIMEOUT,
  errors: HTTP_ERRORS,
  examples: [{ in: { url: 'https://api.example.com/pets/7', body: { name: 'Max' } } }],
  run: async (url, query, headers, body, ctx) => {
    const response = await send({ method: 'PATCH', url, query, headers, body, defaults: JSON_TYPE }, ctx);
    return { statusCode: response.status, headers: response.headers, body: bodyValue(response) };
  },
});
