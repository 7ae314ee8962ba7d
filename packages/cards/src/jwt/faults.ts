/** Errors of the JWT cards. They never show keys or tokens. */
import { RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';

export const SIGN_ERRORS = {
  'unsupported-algorithm': 'The algorithm is none of those that the card knows; "none" is not one.',
  'invalid-key': 'The key is missing, cannot be read, is too short, or is of another kind than the algorithm needs.',
  'invalid-header': 'The header is not JSON of an object, or contradicts the algorithm.',
  'invalid-claim': 'A claim has another type than the standard says, or is given twice.',
  'invalid-span': 'The time is neither a whole number of seconds nor text such as 10 minutes.',
} as const;

export const DECODE_ERRORS = {
  'jwt-malformed': 'The text is not a signed JSON Web Token.',
} as const;

export const VERIFY_ERRORS = {
  'unsupported-algorithm': SIGN_ERRORS['unsupported-algorithm'],
  'invalid-key': SIGN_ERRORS['invalid-key'],
  ...DECODE_ERRORS,
  'jwt-algorithm': 'The token is signed by another algorithm than the one asked for, or than the key allows.',
  'jwt-signature': 'The signature is not the one of the key.',
  'invalid-span': 'The clock tolerance is negative.',
  'jwt-expired': 'The token has expired.',
  'jwt-not-active': 'The token is not valid yet.',
  'jwt-claim': 'Audience, issuer or subject are others than those asked for.',
} as const;

type Code = keyof typeof SIGN_ERRORS | keyof typeof VERIFY_ERRORS;

export function fault(code: Code, message: string, hint: string, field?: string, cause?: unknown): RunError {
  return new RunError<CardsCode>(code, message, { hint, ...(field === undefined ? {} : { at: { field } }), cause });
}
