/** Header fields on the way out and on the way back. */
import type { HttpRequest, HttpResponse } from '@flowdeck/engine';
import { httpError, type Target } from './errors.js';

/** Fields to send, by lower-case name; the name stays as the flow wrote it. */
export type Fields = ReadonlyMap<string, { readonly name: string; readonly value: string }>;

/** RFC 9110, section 5.6.2. */
const HEADER_TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** RFC 9110, section 5.5: no control character but the tab, and nothing that Latin-1 cannot hold. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * They describe the connection, what its proxy is told, or the length of the body, which the port knows better. Imported flows
 * often carry them, copied from a recorded request; sending them would at best repeat what is sent anyway, so they are dropped.
 */
const OWN = new Set([
  'connection',
  'content-length',
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
]);

/**
 * What follows a redirect to another origin. Everything else stays behind: a connection may keep its secret in a
 * header of any name, so a list of secret names would never be complete.
 */
const HARMLESS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'content-encoding',
  'content-language',
  'content-type',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-unmodified-since',
  'prefer',
  'range',
  'user-agent',
]);

/** True for text that can be sent as a header's value. */
export function isFieldValue(text: unknown): text is string {
  return typeof text === 'string' && VALUE.test(text);
}

/** True for a method or header name that can be sent. */
export function isToken(text: unknown): text is string {
  return typeof text === 'string' && HEADER_TOKEN.test(text);
}

/** What is sent where the flow says nothing. */
export function usualFields(userAgent: string): Fields {
  return new Map([
    ['accept', { name: 'Accept', value: '*/*' }],
    ['accept-encoding', { name: 'Accept-Encoding', value: 'gzip, deflate, br' }],
    ['user-agent', { name: 'User-Agent', value: userAgent }],
  ]);
}

/**
 * Checks and normalises the headers of a request, and adds the usual ones where the flow gave none. Of two names that
 * differ in case only, the last wins.
 *
 * @throws HttpError `http-header`
 */
export function readHeaders(headers: HttpRequest['headers'], target: Target, usual: Fields): Fields {
  const fields = new Map(usual);
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    checkField(name, value, target);
    if (OWN.has(key) || (key === 'host' && value.toLowerCase() === target.url?.host)) continue;
    // Another host than the URL's would be answered by a service that nobody checked; an upgrade ends HTTP.
    if (key === 'host' || key === 'upgrade') {
      throw httpError('http-header', `the header "${name}" cannot be set.`, target, {
        hint: key === 'host' ? 'Put the host into the URL.' : 'The port speaks plain HTTP only.',
      });
    }
    fields.set(key, { name, value: value.replace(/^[\t ]+|[\t ]+$/g, '') });
  }
  return fields;
}

function checkField(name: string, value: unknown, target: Target): void {
  if (!isToken(name)) {
    // The name itself is not told: who puts a colon or a line break there may have put the value there as well.
    throw httpError('http-header', 'a header name is empty or holds a character that is not allowed.', target, {
      hint: "Names are made of letters, digits and !#$%&'*+-.^_`|~ only.",
    });
  }
  if (!isFieldValue(value)) {
    throw httpError('http-header', `the value of the header "${name}" cannot be sent.`, target, {
      hint: 'Values are text without line breaks and control characters, in Latin-1; encode anything else.',
    });
  }
}

/** What may be told to another origin than the one that the request was made for. */
export function forOtherOrigin(fields: Fields): Fields {
  return new Map([...fields].filter(([key]) => HARMLESS.has(key)));
}

/** Without what describes a body, for a redirect that drops it. */
export function withoutBody(fields: Fields): Fields {
  return new Map([...fields].filter(([key]) => !key.startsWith('content-')));
}

/** As undici takes them: name, value, name, value. */
export function toLines(fields: Fields): string[] {
  return [...fields.values()].flatMap(({ name, value }) => [name, value]);
}

/** As the contract gives them: lower case, repeated ones joined, in UTF-8 where they are that, cookies aside. */
export function joinedHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): HttpResponse['headers'] {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.toLowerCase() !== 'set-cookie')
      .map(([name, value]) => [name.toLowerCase(), asUtf8(Array.isArray(value) ? value.join(', ') : (value ?? ''))]),
  );
}

/** Each `Set-Cookie` by itself, in the order of the answer, byte by byte as it has to be sent back. */
export function cookiesOf(headers: Readonly<Record<string, string | string[] | undefined>>): readonly string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    name.toLowerCase() === 'set-cookie' && value !== undefined ? value : [],
  );
}

/**
 * undici gives each byte of a value as a character. Services that write beyond ASCII (a path, the name of a file) mean
 * UTF-8 nearly always, as browsers and curl read a Location; bytes that are no UTF-8 stay Latin-1 (RFC 9110, section 5.5).
 */
export function asUtf8(value: string): string {
  if (!/[\x80-\xff]/.test(value)) return value;
  const bytes = Uint8Array.from(value, (char) => char.charCodeAt(0));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return value;
  }
}
