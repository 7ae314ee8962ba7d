/** Takes a token apart (RFC 7515, section 7.1), without a word about its signature. */
import type { ValueObject } from '@flowdeck/engine';
import { isPlainObject, parseJsonText } from '@flowdeck/engine/kit';
import { fromBase64 } from '../shared/bytes.js';
import { fault } from './faults.js';

export interface Token {
  /** JSON, as the token has it. */
  readonly headerText: string;
  readonly header: ValueObject;
  readonly payload: ValueObject;
}

const COMPACT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)$/;

/** @throws RunError `jwt-malformed`. */
export function readToken(text: string): Token {
  const [, header = '', payload = ''] = COMPACT.exec(text.trim()) ?? [];
  if (header === '') throw malformed();
  const headerText = textOf(header);
  return { headerText, header: objectIn(headerText), payload: objectIn(textOf(payload)) };
}

export function malformed(cause?: unknown): Error {
  return fault(
    'jwt-malformed',
    'The text is not a signed JSON Web Token.',
    'A token has three parts with dots between them; leave out "Bearer" in front.',
    'token',
    cause,
  );
}

function textOf(base64url: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(fromBase64(base64url));
  } catch {
    throw malformed();
  }
}

function objectIn(json: string): ValueObject {
  let value: unknown;
  try {
    value = parseJsonText(json);
  } catch {
    throw malformed();
  }
  if (!isPlainObject(value)) throw malformed();
  return value;
}
