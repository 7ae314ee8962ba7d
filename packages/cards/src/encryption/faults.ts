/** Errors of the encryption cards. They never show data or keys. */
import { RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';

export const UNSUPPORTED = {
  'unsupported-algorithm': 'There is no such algorithm, or the platform does not have it.',
} as const;
export const MISSING_KEY = { 'missing-key': 'The key is empty.' } as const;
export const UNKNOWN_DIGEST = { 'unknown-digest': 'The digest is none of base64, hex and binary.' } as const;

export function unsupportedAlgorithm(known: readonly string[], cause?: unknown): RunError {
  return new RunError<CardsCode>('unsupported-algorithm', 'There is no such algorithm here.', {
    at: { field: 'algorithm' },
    hint: `Use one of ${known.join(', ')}.`,
    cause,
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
