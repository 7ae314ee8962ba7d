/** The host's key: 32 random bytes, as Base64. */
import { toBase64 } from './bytes.js';
import { randomKey } from './cipher.js';

/** A new one. Keep it apart from what it opens, and a copy of it elsewhere: without it nothing opens again. */
export function newHostKey(): string {
  return toBase64(randomKey());
}
