/** Requests as `fetch` takes them, without what a page may not send. */
import { httpError } from '../http-port/errors.js';
import type { Hop } from '../http-port/redirects.js';

/** Headers that the browser writes itself, and that flows often carry along; leaving them out changes nothing. */
const BROWSERS_OWN = new Set(['accept-encoding', 'user-agent']);

/**
 * True where `fetch` keeps the rules for pages (Fetch Standard, "forbidden request-header"), and hides redirects as they
 * demand. Servers' own forms of `fetch` let cookies pass.
 */
export function keepsPageRules(): boolean {
  return !new Request('https://localhost/', { headers: { Cookie: 'a=b' } }).headers.has('cookie');
}

/** @throws HttpError `http-method`, `http-header` */
export function requestOf(hop: Hop, redirect: 'follow' | 'manual', signal: AbortSignal): Request {
  const { method, url, body } = hop;
  if (body !== null && (method === 'GET' || method === 'HEAD')) {
    throw httpError('http-method', `a ${method} cannot have a body here.`, hop, {
      hint: 'Leave the body out, or use POST.',
    });
  }
  const request = new Request(url, {
    method,
    headers: pairs(hop),
    ...(body === null ? {} : { body: new Uint8Array(body) }),
    redirect,
    signal,
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  });
  const dropped = [...hop.headers].find(([key]) => !BROWSERS_OWN.has(key) && !request.headers.has(key));
  if (dropped === undefined) return request;
  throw httpError('http-header', `the header "${dropped[1].name}" cannot be sent from a page.`, hop, {
    hint: 'Browsers write it themselves, or not at all: leave it out.',
  });
}

function pairs({ headers }: Hop): [string, string][] {
  return [...headers.values()].map(({ name, value }) => [name, value]);
}
