/** Which foreign cards the cards for requests are: those of the API connector, and those of the platform. */
import type { CardAddress } from '@flowdeck/engine';

/** Names of the inputs of a request without a body, in the order in which they stand there. */
export const REQUEST = { 'Request/URL': 'url', 'Request/Query': 'query', 'Request/Headers': 'headers' } as const;

const ANSWER = {
  'Response/Status Code': 'statusCode',
  'Response/Headers': 'headers',
  'Response/Body': 'body',
} as const;

/** Redirects are followed there, always. */
const LACKS = { in: ['followRedirects'] } as const;

/** The card of the API connector that is found in exports. */
export function connectorAddress(name: string, inputs: Readonly<Record<string, string>>): CardAddress {
  return { address: `root:channels:http:httpfunctions:0.0.1:${name}`, in: inputs, out: ANSWER, lacks: LACKS };
}

/** The card of the platform, whose fields have our names. */
export function platformAddress(name: string): CardAddress {
  return { address: `root:kernel:http:0.0.1:${name}`, lacks: LACKS };
}
