/** How long an answer asks its caller to wait. */
import { parseDate } from './date.js';
import { isPlainObject } from './object.js';

/** `Retry-After` among the headers of an answer, in milliseconds from `now`: seconds, or a date (RFC 9110, section 10.2.3). 0 without one. */
export function retryAfterMs(headers: unknown, now: number): number {
  if (!isPlainObject(headers)) return 0;
  const value = Object.entries(headers).find(([name]) => name.toLowerCase() === 'retry-after')?.[1];
  if (typeof value !== 'string') return 0;
  // Some services write fractions of a second.
  if (/^\s*\d+(?:\.\d+)?\s*$/.test(value)) return Math.ceil(Number(value) * 1000);
  // Not the platform's reader: it takes a date without a zone for one of this machine's, and "-5" for the month of May.
  return Math.max(0, (parseDate(value)?.getTime() ?? now) - now);
}
