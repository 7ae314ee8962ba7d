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

/** RFC 9110, sections 15.4.2 to 15.4.9: the statuses whose Location is followed. */
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Of 301 and 302 only a POST becomes a GET (RFC 9110, sections 15.4.2 and 15.4.3), after 303 everything but HEAD
 * (section 15.4.4). Otherwise method and body stay, so that a DELETE is never turned into a read that looks like success.
 */
function becomesGet(status: number, method: string): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD';
  return (status === 301 || status === 302) && method === 'POST';
}

/**
 * The next request, or null when the answer is no redirect.
 *
 * To another origin only harmless headers go along, never to be added again on the way back.
 *
 * @throws HttpError `http-redirects` for a target that cannot be read, `http-blocked` for a way from https to http or
 * to another scheme, `http-url` for credentials in the target.
 */
export function nextHop(hop: Hop, status: number, location: string | undefined): Hop | null {
  if (location === undefined || !REDIRECTS.has(status)) return null;
  const url = targetOf(location, hop);
  checkUrl(url, hop.method);
  if (hop.url.protocol === 'https:' && url.protocol === 'http:') {
    throw httpError('http-blocked', 'the server redirects from https to unprotected http.', hop, {
      hint: 'If that is meant, request the http URL directly.',
    });
  }
  const turned = becomesGet(status, hop.method);
  const kept = turned ? withoutBody(hop.headers) : hop.headers;
  return {
    method: turned ? 'GET' : hop.method,
    url,
    headers: url.origin === hop.url.origin ? kept : forOtherOrigin(kept),
    body: turned ? null : hop.body,
  };
}

export function tooManyRedirects(limit: number, hop: Hop) {
  return httpError('http-redirects', `the server redirected more than ${limit} times.`, hop, {
    hint: 'Look for a redirect loop, or raise maxRedirects of the HTTP port.',
  });
}

function targetOf(location: string, hop: Hop): URL {
  if (URL.canParse(location, hop.url.href)) return new URL(location, hop.url);
  throw httpError('http-redirects', 'the server redirects to a malformed URL.', hop, {
    hint: 'The Location header of the answer has to be repaired at the server.',
  });
}
