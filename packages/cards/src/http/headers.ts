/** The headers of a request: defaults, then those of the connection, then the author's, compared without case. */
import { type HttpResponse, RunError, type Value, type ValueObject } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';
import { plainText } from './query.js';

/** A token (RFC 9110, section 5.6.2). */
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What would end the header, or the head of the request. */
const BREAK = /[\r\n\0]/;

/**
 * Later sets win over earlier ones. A null header is left out; a list is joined by ", " (RFC 9110, section 5.3).
 *
 * @throws RunError `invalid-header` for a name that is not a token, or a value with a line break.
 */
export function mergeHeaders(...sets: readonly (ValueObject | null)[]): Record<string, string> {
  const merged = new Map<string, readonly [name: string, value: Value]>();
  for (const set of sets) {
    for (const [name, value] of Object.entries(set ?? {})) merged.set(name.toLowerCase(), [name, value]);
  }
  const present = [...merged.values()].filter(([, value]) => value !== null);
  return Object.fromEntries(present.map(([name, value]) => [name, headerText(name, value)]));
}

/** The value of a header, whatever its case; `name` in lower case. */
export function headerIn(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function headerText(name: string, value: Value): string {
  const text = Array.isArray(value) ? value.map(plainText).join(', ') : plainText(value);
  if (HEADER_NAME.test(name) && !BREAK.test(text)) return text;
  throw new RunError<CardsCode>(
    'invalid-header',
    `Header ${JSON.stringify(name)} has a name or a value that HTTP does not allow.`,
    {
      at: { field: 'headers' },
      hint: 'Names are letters, digits and hyphens; values have no line breaks.',
    },
  );
}

/** The headers of an answer as a flow gets them: cookies as a list, since they cannot be joined. */
export function headersOf({ headers, setCookie }: HttpResponse): ValueObject {
  return setCookie === undefined ? headers : { ...headers, 'set-cookie': setCookie };
}
