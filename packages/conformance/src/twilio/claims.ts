/** What the service claims: the operations with which the official SDK is tried against it. */

import { OPERATIONS } from './operations.js';

/** One operation that the simulated service claims to have. */
export interface TwilioClaim {
  /** `GET`, `POST` or `DELETE`. */
  readonly method: string;
  /** Host of the product in the default region, such as `messaging.twilio.com`. */
  readonly host: string;
  /** As the vendor's descriptions write it, such as `/v1/Services/{Sid}`. */
  readonly path: string;
}

/**
 * Every operation of the simulated service, by product, in the order of its paths. What does not stand here is answered
 * 404.
 *
 * @example TWILIO_CLAIMS.map(({ method, host, path }) => `${method} https://${host}${path}`)
 */
export const TWILIO_CLAIMS: readonly TwilioClaim[] = OPERATIONS.map(({ method, path, product }) => ({
  method,
  host: `${product}.twilio.com`,
  path,
}));
