/** Secrets that callers prove themselves by. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Compares in a time that tells nothing of how far the two agree, nor of their lengths. */
export function isSame(given: string | null, expected: string | null): boolean {
  const [a, b] = [digest(given ?? ''), digest(expected ?? '')];
  return timingSafeEqual(a, b) && given !== null && expected !== null && expected !== '';
}

/** What proves that somebody was told of this run by the host: it cannot be guessed, and need not be kept. */
export function runProof(secret: string, runId: string): string {
  return createHmac('sha256', secret).update(runId).digest('base64url');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
