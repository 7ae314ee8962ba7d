/** An answer outside 2xx, as an error. */
import { HttpError, type HttpResponse } from '@flowdeck/engine';
import { isPlainObject } from '@flowdeck/engine/kit';
import type { CardsCode } from '../codes.js';
import { reasonPhrase } from '../shared/reasons.js';
import { bodyValue } from './body.js';
import { headersOf } from './headers.js';

/**
 * The message is the reason phrase; HTTP/2 sends none, so the registered one stands in. A `catch` block also sees the
 * body, the headers, and the properties of a body that is an object, unless the error has one of that name itself.
 */
export function httpFailure(response: HttpResponse): HttpError {
  const { status } = response;
  const headers = headersOf(response);
  const reason = response.statusText || reasonPhrase(status) || `HTTP status ${status}`;
  const body = bodyValue(response);
  return new HttpError<CardsCode>('http-status', reason, {
    statusCode: status,
    extra: { ...(isPlainObject(body) ? body : {}), body, headers },
    hint: hintFor(status),
  });
}

function hintFor(status: number): string {
  if (status === 401 || status === 403) return 'Check the credentials of the connection, and what they permit.';
  if (status === 429) return 'The service limits the rate: let the card retry on rate limits.';
  if (status >= 500) return 'The service failed: try again later, or catch the error with If Error.';
  return 'The body of the answer, at /error/body in a catch block, says more.';
}
