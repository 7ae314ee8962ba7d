/** The bodies of requests and answers. */
import type { HttpResponse, Value } from '@flowdeck/engine';
import { parseJsonText, toJsonText } from '@flowdeck/engine/kit';
import { charsetOf, decodeText } from '../shared/charset.js';

/** Text as it is, everything else as JSON. Null and empty text are no body. */
export function requestBody(body: Value): string | undefined {
  if (body === null || body === '') return undefined;
  return typeof body === 'string' ? body : toJsonText(body);
}

/** The body as text, in the character set of its mark, of the answer's Content-Type or of its XML declaration, else UTF-8. */
export function bodyText(response: HttpResponse): string {
  return decodeText(response.body, charsetOf(response.headers['content-type']));
}

/** JSON is parsed, whatever else there is stays text, an empty body is null. */
export function bodyValue(response: HttpResponse): Value {
  const text = bodyText(response);
  if (text === '') return null;
  const type = response.headers['content-type'] ?? '';
  // Services also send JSON as text/plain or text/html; there only objects and lists are taken for it.
  const mayBeJson = type === '' || /[/+]json\b/i.test(type) || /^\s*[[{]/.test(text);
  return mayBeJson ? parsed(text) : text;
}

function parsed(text: string): Value {
  try {
    return parseJsonText(text);
  } catch {
    return text;
  }
}
