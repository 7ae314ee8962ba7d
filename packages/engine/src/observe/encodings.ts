/** The forms in which a secret turns up inside other text. Pure functions over strings. */
import { utf8 } from '../document/utf8.js';

/** `literal` is hidden as it stands; `token` hides the whole run of base64 characters around it. */
export interface Form {
  /** What to look for. */
  readonly text: string;
  /** How far it reaches. */
  readonly kind: 'literal' | 'token';
}

/** A base64 fragment shorter than this would be found in ordinary text by chance. */
const MIN_FRAGMENT = 8;
/** The whole base64 of a secret too short for a fragment. */
const MIN_WHOLE = 6;

/** Of a longer secret only the text itself is looked for: no password, key or token is so long, and its forms take seconds. */
const MAX_ENCODED = 1 << 20;

/** Letters, digits and marks that no encoding but base64 touches. */
const UNTOUCHED = /^[\w.-]*$/;

/** All forms of a secret, itself first: percent-encoded, JSON-escaped, markup-escaped, base64. */
export function formsOf(secret: string): readonly Form[] {
  if (secret.length > MAX_ENCODED) return [{ text: secret, kind: 'literal' }];
  const literals = new Set([secret]);
  if (!UNTOUCHED.test(secret)) {
    literals.add(secret.trim());
    for (const text of percentForms(secret)) literals.add(text);
    for (const text of jsonForms(secret)) literals.add(text);
    for (const text of markupForms(secret)) literals.add(text);
  }
  return [
    ...[...literals].map((text): Form => ({ text, kind: 'literal' })),
    ...[...base64Forms(secret)].map((text): Form => ({ text, kind: 'token' })),
  ];
}

/** What an `Authorization: Basic` header holds (RFC 7617). */
export function basicForms(user: string, password: string): readonly Form[] {
  return [...base64Forms(`${user}:${password}`)].map((text): Form => ({ text, kind: 'token' }));
}

/** RFC 3986, its laxer variant for whole URLs, and form encoding; hexadecimal digits in either case. */
function percentForms(secret: string): string[] {
  const text = wellFormed(secret);
  const component = encodeURIComponent(text);
  const toCode = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
  const strict = component.replace(/[!'()*~]/g, toCode);
  const form = component.replace(/[!'()~]/g, toCode).replaceAll('%20', '+');
  const forms = [component, strict, form, encodeURI(text)];
  return [...forms, ...forms.map((encoded) => encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}

/** JSON (RFC 8259), its ASCII-only and slash-escaping variants, and JSON inside of JSON. */
function jsonForms(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  const lower = escaped.replace(/[\u0080-\uffff]/g, unicodeEscape);
  const upper = lower.replace(/\\u[0-9a-f]{4}/g, (code) => `\\u${code.slice(2).toUpperCase()}`);
  const plain = [escaped, lower, upper];
  const all = [...plain, ...plain.map((text) => text.replaceAll('/', '\\/'))];
  return [...all, ...all.map((text) => JSON.stringify(text).slice(1, -1))];
}

function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function markupForms(secret: string): string[] {
  const text = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quoted = text.replaceAll('"', '&quot;');
  return [text, quoted, quoted.replaceAll("'", '&#39;'), quoted.replaceAll("'", '&apos;')];
}

/**
 * Base64 packs three bytes into four characters, so a text looks different at each of three offsets. What does not
 * depend on its neighbours is a fragment by which the secret is found inside the encoding of any longer text.
 */
function base64Forms(secret: string): Set<string> {
  const bytes = utf8(secret);
  const forms = new Set<string>();
  const add = (text: string) => forms.add(text).add(text.replaceAll('+', '-').replaceAll('/', '_'));
  for (let offset = 0; offset < 3; offset++) {
    const encoded = base64(bytes, offset);
    const foreign = Math.ceil((offset * 8) / 6);
    const fragment = encoded.slice(foreign, Math.floor(((offset + bytes.length) * 8) / 6));
    if (fragment.length >= MIN_FRAGMENT) add(fragment);
    else if (offset === 0 && encoded.length >= MIN_WHOLE) add(encoded);
  }
  return forms;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648, section 4, without padding, of `offset` zero bytes and then these. */
function base64(bytes: Uint8Array, offset: number): string {
  const length = offset + bytes.length;
  const at = (index: number) => bytes[index - offset] ?? 0;
  let out = '';
  for (let i = 0; i < length; i += 3) {
    const bits = (at(i) << 16) | (at(i + 1) << 8) | at(i + 2);
    const chars = Math.min(4, length - i + 1);
    for (let j = 0; j < chars; j++) out += ALPHABET.charAt((bits >> (18 - 6 * j)) & 63);
  }
  return out;
}

/** Lone surrogates have no UTF-8; encoders put U+FFFD in their place. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
