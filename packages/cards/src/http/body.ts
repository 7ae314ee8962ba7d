/** The bodies of requests and answers. */
import { type HttpResponse, LimitError, type Value } from '@flowdeck/engine';
import { isPlainObject, parseJsonText, toJsonText } from '@flowdeck/engine/kit';
import { charsetOf, decodeText } from '../shared/charset.js';
import { parametersText } from './query.js';

/** Null and empty text are no body. */
export function hasBody(body: Value): boolean {
  return body !== null && body !== '';
}

/** Text as it is; an object as a form where the type says so, like the parameters of a query; everything else as JSON. */
export function requestBody(body: Value, type: string | undefined): string | undefined {
  if (!hasBody(body)) return undefined;
  if (typeof body === 'string') return body;
  if (isPlainObject(body) && /^\s*application\/x-www-form-urlencoded\b/i.test(type ?? '')) return parametersText(body);
  return toJsonText(body);
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
  } catch (error) {
    if (error instanceof LimitError) throw error;
    return text;
  }
}
