/** Errors of the encryption cards. They never show data or keys. */
import { RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';

export const UNSUPPORTED = {
  'unsupported-algorithm': 'There is no such algorithm here.',
} as const;
export const MISSING_KEY = { 'missing-key': 'The key is empty.' } as const;
export const KEY_ENCODING = {
  'key-encoding': 'The key is not written in its encoding, or there is no such encoding.',
} as const;
export const INVALID_KEY = {
  'invalid-key': 'The key is missing, cannot be read, or is no private key of RSA or on one of the curves.',
} as const;
export const UNKNOWN_DIGEST = { 'unknown-digest': 'The digest is none of base64, base64url, hex and binary.' } as const;

export function unsupportedAlgorithm(known: readonly string[]): RunError {
  return new RunError<CardsCode>('unsupported-algorithm', 'There is no such algorithm here.', {
    at: { field: 'algorithm' },
    hint: `Use one of ${known.join(', ')}.`,
  });
}

/** @param encoding The one that the key should have; null for one that does not exist. */
export function unreadableKey(encoding: string | null): RunError {
  const what = encoding === null ? 'There is no such encoding of keys.' : `The key is not written in ${encoding}.`;
  return new RunError<CardsCode>('key-encoding', what, {
    at: { field: encoding === null ? 'key encoding' : 'key' },
    hint: 'Use utf8 for text as it is, base64, base64url or hex.',
  });
}

/** @throws RunError `missing-key`: what is signed or locked with an empty key, everybody can sign and unlock. */
export function checkKey(key: string): string {
  if (key !== '') return key;
  throw new RunError<CardsCode>('missing-key', 'The key is empty.', {
    at: { field: 'key' },
    hint: 'Give the key, for instance from the connection.',
  });
}

/** @param why In words of ours: what the platform says may quote the key. */
export function invalidSigningKey(why: string): RunError {
  return new RunError<CardsCode>('invalid-key', `The key cannot sign: ${why}.`, {
    at: { field: 'key' },
    hint: 'Give a private key in PEM: of RSA, or on one of the curves P-256, P-384 and P-521.',
  });
}
