/** Errors of a log of events, and what is one. */
import { FlowdeckError } from '@flowdeck/engine';
import type { HostCode } from '../codes.js';

/** True when two contents under one id differ. A content that was not told differs from none. */
export function conflicting(a: number, b: number): boolean {
  return a !== 0 && b !== 0 && a !== b;
}

export function eventsFull(most: number): FlowdeckError {
  return new FlowdeckError<HostCode>('events-full', `More than ${most} bytes of events wait for their runs.`, {
    hint: 'Try again later, or raise maxWaitingBytes.',
  });
}
