/** The X-Twilio-Signature header: how the vendor signs what it sends to a webhook. */

import { createHash, createHmac } from 'node:crypto';

/**
 * Signs a request with a form body, or one without a body (then `parameters` is empty).
 * The signed text is the URL, then each name with its distinct values, names and values in code-unit order.
 * A fragment of the URL is not signed. Returns base64 of HMAC-SHA1, the value of `X-Twilio-Signature`.
 *
 * @example signForm(authToken, 'https://example.com/sms', new URLSearchParams({ Body: 'Hi', From: '+15005550006' }))
 */
export function signForm(authToken: string, url: string, parameters: URLSearchParams = new URLSearchParams()): string {
  const names = [...new Set(parameters.keys())].sort();
  const text = names
    .flatMap((name) => [...new Set(parameters.getAll(name))].sort().map((value) => name + value))
    .join('');
  return hmac(authToken, withoutFragment(url) + text);
}

/**
 * Signs a request with a JSON or any other non-form body. The hash of the raw body joins the URL's query as
 * `bodySHA256`; the signature covers that URL alone. Send the request to the returned `url`.
 *
 * @example const { url, signature } = signBody(authToken, 'https://example.com/events', '[{"type":"x"}]')
 */
export function signBody(
  authToken: string,
  url: string,
  body: string | Uint8Array,
): { url: string; signature: string } {
  const bare = withoutFragment(url);
  const hash = createHash('sha256').update(body).digest('hex');
  const signed = `${bare}${bare.includes('?') ? '&' : '?'}bodySHA256=${hash}`;
  return { url: signed, signature: hmac(authToken, signed) };
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? '';
}

function hmac(authToken: string, text: string): string {
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
}
