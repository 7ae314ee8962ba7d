/** Takes a token apart (RFC 7515, section 7.1), without a word about its signature. */
import type { ValueObject } from '@flowdeck/engine';
import { isPlainObject, parseJsonText } from '@flowdeck/engine/kit';
import { fromBase64 } from '../shared/bytes.js';
import { fault } from './faults.js';

export interface JwtToken {
  /** JSON, as the token has it. */
  readonly headerText: string;
  readonly header: ValueObject;
  readonly payload: ValueObject;
}

const COMPACT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)$/;

/** @throws RunError `jwt-malformed`. */
export function readToken(text: string): JwtToken {
  const token = text.trim();
  const [, header = '', payload = ''] = COMPACT.exec(token) ?? [];
  if (header === '') throw malformedJwt(faultOfParts(token));
  const headerText = textOfPart(header, 'header');
  return {
    headerText,
    header: objectIn(headerText, 'header'),
    payload: objectIn(textOfPart(payload, 'payload'), 'payload'),
  };
}

/** @param why What is wrong with it; never a piece of the token. */
export function malformedJwt(why: string, cause?: unknown): Error {
  return fault(
    'jwt-malformed',
    `The text is not a signed JSON Web Token: ${why}.`,
    'A token has three parts in base64url with dots between them.',
    'token',
    cause,
  );
}

function faultOfParts(token: string): string {
  if (token === '') return 'it is empty';
  if (/^bearer\s/i.test(token)) return '"Bearer" stands before it, and belongs to the header that it came in';
  const parts = token.split('.').length;
  if (parts === 5) return 'five parts are an encrypted one (RFC 7516), which has to be decrypted first';
  if (parts !== 3) return `it has ${parts === 1 ? 'one part' : `${parts} parts`}`;
  return 'a part is empty, or is not written in base64url without padding';
}

function textOfPart(base64url: string, part: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(fromBase64(base64url));
  } catch {
    throw malformedJwt(`its ${part} is no text in UTF-8`);
  }
}

function objectIn(json: string, part: string): ValueObject {
  let value: unknown;
  try {
    value = parseJsonText(json);
  } catch {
    throw malformedJwt(`its ${part} is not JSON`);
  }
  if (!isPlainObject(value)) throw malformedJwt(`its ${part} is no JSON object`);
  return value;
}
