/** What a service itself says of a request that it refused: read where its connector's manifest says. */
import type { DeckDocument, ErrorPlace } from '../document/index.js';
import type { ServiceError } from '../observe/index.js';
import type { DeckPlan } from '../plan/index.js';
import { isPlainObject, parseJsonText, parsePointer, readPointer, type Value } from '../values/index.js';

/** Bodies beyond this are no error messages, and texts are cut. */
const MOST_BODY = 1024 * 1024;
const MOST_TEXT = 2_000;

/** Null when the deck is no connector whose manifest tells, or the answer holds none of it. */
export function serviceError(deck: DeckPlan, extra: Readonly<Record<string, unknown>>): ServiceError | null {
  const places = manifestOf(deck)?.errors;
  if (places === undefined || deck.connector === null) return null;
  const body = readBody(extra['body']);
  if (body === null) return null;
  const [code, message, link] = [textAt(body, places.code), textAt(body, places.message), textAt(body, places.link)];
  return code === null && message === null ? null : { connector: deck.connector, code, message, link };
}

/** What the manifest advises, from the narrowest name of the error to the widest. */
export function serviceHint(
  deck: DeckPlan,
  { code, statusCode, service }: { code: string; statusCode: number | null; service: ServiceError | null },
): string | undefined {
  const hints = manifestOf(deck)?.errors?.hints;
  if (hints === undefined) return undefined;
  const status = statusCode === null ? [] : [String(statusCode), `${Math.floor(statusCode / 100)}xx`];
  const name = [service?.code, ...status, code].find((each) => typeof each === 'string' && Object.hasOwn(hints, each));
  return typeof name === 'string' ? hints[name] : undefined;
}

function manifestOf({ document }: DeckPlan): DeckDocument['connector'] {
  return 'flows' in document ? document.connector : undefined;
}

/** HTTP cards give a body as text, whatever it is. */
function readBody(body: unknown): Value {
  if (typeof body === 'string') return body.length > MOST_BODY ? null : fromJson(body);
  // What a flow put there is a value.
  return isPlainObject(body) || Array.isArray(body) ? (body as Value) : null;
}

function fromJson(text: string): Value {
  try {
    return parseJsonText(text);
  } catch {
    return null;
  }
}

/** The first of the places where there is a text or a number. */
function textAt(body: Value, places: ErrorPlace | undefined): string | null {
  for (const pointer of typeof places === 'string' ? [places] : (places ?? [])) {
    const found = readPointer(body, parsePointer(pointer));
    if (typeof found === 'number') return String(found);
    if (typeof found === 'string' && found.trim() !== '') return found.slice(0, MOST_TEXT);
  }
  return null;
}
