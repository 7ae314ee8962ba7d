/** Reads the parameters or the JSON of a request body, strictly by its declared media type. */

const FORM = 'application/x-www-form-urlencoded';

/**
 * Parses a form body. Any other media type, a misspelt one included, gives no parameters at all: that is what
 * the vendor's servers do, and what a connector must survive. Bytes that are not UTF-8 become U+FFFD.
 *
 * @example parseForm('application/x-www-form-urlencoded', bytes).getAll('MediaUrl')
 */
export function parseForm(contentType: string | undefined, body: Uint8Array): URLSearchParams {
  return mediaType(contentType) === FORM ? new URLSearchParams(new TextDecoder().decode(body)) : new URLSearchParams();
}

/** The value of a JSON body. Undefined for any other media type, and for what is no JSON. */
export function parseJson(contentType: string | undefined, body: string): unknown {
  if (mediaType(contentType) !== 'application/json') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** True for what JSON calls an object. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The media type without its parameters, in lower case. Empty when there is none. */
export function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
