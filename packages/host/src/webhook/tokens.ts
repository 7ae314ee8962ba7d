/** What nobody guesses: the last part of a URL, and secrets that services sign with. */
import { randomBytes } from 'node:crypto';

/** Cannot be guessed: 192 bits. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}
