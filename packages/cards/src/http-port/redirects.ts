/** Where a redirect leads, and what of the request goes along. */
import { httpError } from './errors.js';
import { type Fields, forOtherOrigin, withoutBody } from './headers.js';
import { checkUrl } from './urls.js';

/** One request of an exchange: the first one, or one that a redirect asked for. */
export interface Hop {
  readonly method: string;
  readonly url: URL;
  readonly headers: Fields;
  readonly body: Uint8Array | null;
}

/** RFC 9110, sections 15.4.2 to 15.4.4: what every client makes a GET of. */
const BECOME_GET = new Set([301, 302, 303]);
/** RFC 9110, sections 15.4.8 and 15.4.9: method and body stay. */
const STAY = new Set([307, 308]);

/**
 * The next request, or null when the answer is no redirect.
 *
 * To another origin only harmless headers go along, never to be added again on the way back.
 *
 * @throws HttpError `http-redirects` for a target that cannot be read, `http-blocked` for a way from https to http or
 * to another scheme, `http-url` for credentials in the target.
 */
export function nextHop(hop: Hop, status: number, location: string | undefined): Hop | null {
  if (location === undefined || !(BECOME_GET.has(status) || STAY.has(status))) return null;
  const url = targetOf(location, hop);
  checkUrl(url, hop.method);
  if (hop.url.protocol === 'https:' && url.protocol === 'http:') {
    throw httpError('http-blocked', 'the server redirects from https to unprotected http.', hop, {
      hint: 'If that is meant, request the http URL directly.',
    });
  }
  const turned = BECOME_GET.has(status) && hop.method !== 'GET' && hop.method !== 'HEAD';
  const kept = turned ? withoutBody(hop.headers) : hop.headers;
  return {
    method: turned ? 'GET' : hop.method,
    url,
    headers: url.origin === hop.url.origin ? kept : forOtherOrigin(kept),
    body: turned ? null : hop.body,
  };
}

function targetOf(location: string, hop: Hop): URL {
  if (URL.canParse(location, hop.url.href)) return new URL(location, hop.url);
  throw httpError('http-redirects', 'the server redirects to a malformed URL.', hop, {
    hint: 'The Location header of the answer has to be repaired at the server.',
  });
}
