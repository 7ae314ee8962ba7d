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
  const [, header = '', payload = ''] = COMPACT.exec(text.trim()) ?? [];
  if (header === '') throw malformedJwt();
  const headerText = textOfPart(header);
  return { headerText, header: objectIn(headerText), payload: objectIn(textOfPart(payload)) };
}

export function malformedJwt(cause?: unknown): Error {
  return fault(
    'jwt-malformed',
    'The text is not a signed JSON Web Token.',
    'A token has three parts with dots between them; leave out "Bearer" in front.',
    'token',
    cause,
  );
}

function textOfPart(base64url: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(fromBase64(base64url));
  } catch {
    throw malformedJwt();
  }
}

function objectIn(json: string): ValueObject {
  let value: unknown;
  try {
    value = parseJsonText(json);
  } catch {
    throw malformedJwt();
  }
  if (!isPlainObject(value)) throw malformedJwt();
  return value;
}
