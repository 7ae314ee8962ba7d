/** Errors of URLs. */
import { RunError } from '@flowdeck/engine';
import type { CardsCode } from '../codes.js';

export const URL_ERRORS = { 'invalid-url': 'A part of the URL is missing or cannot be part of one.' } as const;

export function invalidUrl(what: string, hint: string, field: string): RunError {
  return new RunError<CardsCode>('invalid-url', what, { at: { field }, hint });
}
