/** What Post, Put, Patch and Delete share: everything but the method and its words. */
import { type CardExample, type CardType, defineCard } from '@flowdeck/engine';
import { connectorAddress, platformAddress, REQUEST } from './addresses.js';
import { bodyValue } from './body.js';
import {
  BODY,
  CONNECTION,
  FOLLOW,
  HEADERS,
  HTTP_ERRORS,
  HTTP_TIMEOUT,
  JSON_TYPE,
  QUERY,
  RESPONSE_BODY,
  RESPONSE_HEADERS,
  STATUS_CODE,
  URL_FIELD,
} from './fields.js';
import { headersOf } from './headers.js';
import { httpSend } from './send.js';

/** A request that may have a body, JSON in and JSON out. */
export interface RequestWithBody {
  readonly id: `http.${string}`;
  readonly title: string;
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** What it does, as a sentence. */
  readonly does: string;
  readonly example: CardExample['in'];
}

export function requestWithBody({ id, title, method, does, example }: RequestWithBody): CardType {
  const name = method.toLowerCase();
  return defineCard({
    id,
    title,
    description: `${does} The Content-Type of a body is application/json unless the headers say otherwise.`,
    kind: 'effect',
    named: true,
    inputs: [URL_FIELD, QUERY, HEADERS, BODY, FOLLOW],
    outputs: [STATUS_CODE, RESPONSE_HEADERS, RESPONSE_BODY],
    connection: CONNECTION,
    traits: { requests: 'url', method },
    timeoutMs: HTTP_TIMEOUT,
    errors: HTTP_ERRORS,
    examples: [{ in: example }],
    // Those of the platform, and that of Patch, are inferred; not seen in a file of the vendor.
    addresses: [connectorAddress(name, { ...REQUEST, 'Request/Body': 'body' }), platformAddress(name)],
    run: async (inputs, ctx) => {
      const response = await httpSend({ ...inputs, method, defaults: JSON_TYPE }, ctx);
      return { statusCode: response.status, headers: headersOf(response), body: bodyValue(response) };
    },
  });
}
