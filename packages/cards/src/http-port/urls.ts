/** Which URLs a request may go to. The address behind the name is judged later, when connecting. */
import { httpError } from './errors.js';

/**
 * Reads an absolute URL.
 *
 * @throws HttpError `http-url` when it is malformed or carries credentials, `http-blocked` for another scheme.
 */
export function readUrl(text: string, method: string): URL {
  // The text is not told: a malformed URL can hold a secret anywhere.
  if (typeof text !== 'string' || !URL.canParse(text)) {
    throw httpError(
      'http-url',
      'the URL is malformed.',
      { method, url: null },
      {
        hint: 'Give an absolute URL such as https://example.com/path.',
      },
    );
  }
  const url = new URL(text);
  checkUrl(url, method);
  return url;
}

/** The rules of `readUrl` for a URL that is already read, such as the target of a redirect. */
export function checkUrl(url: URL, method: string): void {
  const { protocol } = url;
  if (protocol !== 'http:' && protocol !== 'https:') {
    // The scheme is not told: of "user:password@host", without one, the first half reads as a scheme.
    throw httpError(
      'http-blocked',
      'the scheme of the URL is not allowed.',
      { method, url: null },
      {
        hint: 'Only URLs that begin with https:// or http:// can be requested.',
      },
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw httpError(
      'http-url',
      'the URL carries a user name or password.',
      { method, url },
      {
        hint: 'Use a connection, or the Authorization header.',
      },
    );
  }
}
