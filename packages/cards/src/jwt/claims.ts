/** The claims of a token that is to be signed, in the order in which tokens usually have them. */
import type { Value, ValueObject } from '@flowdeck/engine';
import { safeObject } from '@flowdeck/engine/kit';
import { fault } from './faults.js';
import { timeAfter } from './spans.js';

/** The inputs of Sign that are claims. */
export interface ClaimOptions {
  readonly audience: Value;
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly 'token id': string | null;
  readonly 'expires in': Value;
  readonly 'not before': Value;
  readonly 'no timestamp': boolean;
}

/** From here on a "not before" is a point in time and no span: 30 years of seconds. */
const ABSOLUTE = 1e9;
/** Claims that are points in time. */
const TIMES: readonly string[] = ['iat', 'nbf', 'exp'];

/**
 * @param now Seconds since 1970.
 * @throws RunError `invalid-claim` or `invalid-span`.
 */
export function claimsOf(payload: ValueObject, options: ClaimOptions, now: number): ValueObject {
  const own = new Map<string, Value>();
  for (const [name, value] of Object.entries(payload)) {
    // A time that is not given is no claim; null is a value for all others.
    if (given(value) || !TIMES.includes(name)) own.set(name, claim(name, value));
  }
  const issued = Number(own.get('iat') ?? now);
  const add = (name: string, value: Value) => {
    if (value === null || value === '') return;
    if (own.has(name)) throw twice(name);
    own.set(name, value);
  };
  if (options['no timestamp']) own.delete('iat');
  else own.set('iat', issued);
  add('nbf', started(options['not before'], issued));
  add('exp', given(options['expires in']) ? timeAfter(issued, options['expires in'], 'expires in') : null);
  add('aud', audience(options.audience));
  add('iss', options.issuer);
  add('sub', options.subject);
  add('jti', options['token id']);
  return safeObject(own);
}

function started(notBefore: Value, issued: number): Value {
  if (!given(notBefore)) return null;
  if (typeof notBefore === 'number' && notBefore > ABSOLUTE) return Math.floor(notBefore);
  return timeAfter(issued, notBefore, 'not before');
}

function given(value: Value): boolean {
  return value !== null && value !== '';
}

function claim(name: string, value: Value): Value {
  if (!TIMES.includes(name)) return value;
  if (value instanceof Date) return Math.floor(value.getTime() / 1000);
  if (typeof value === 'number') return value;
  throw fault(
    'invalid-claim',
    `The claim ${name} is not a time.`,
    'Give seconds since 1970, or a date.',
    `payload/${name}`,
  );
}

function audience(value: Value): Value {
  if (value === null || typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.length === 0 ? null : value;
  throw fault('invalid-claim', 'The audience is no text.', 'Give a text or a list of texts.', 'audience');
}

function twice(name: string): Error {
  return fault(
    'invalid-claim',
    `The claim ${name} is given twice.`,
    'Give it in the payload or as an option, not both.',
    `payload/${name}`,
  );
}
