/** When a poll has its next turn. */
import { createHash } from 'node:crypto';
import type { ErrorReport } from '@flowdeck/engine';
import { retryAfterMs } from '@flowdeck/engine/kit';
import type { PolledFlow } from './polled-flows.js';

/** Pauses after failures grow to this, in milliseconds, or are as long as those between turns. */
const LONGEST_PAUSE_MS = 3_600_000;

/** From the beginning of a turn that failed for the `failures`th time. */
export function pauseAfterFailure({ everyMs }: PolledFlow, failures: number): number {
  return Math.min(everyMs * 2 ** Math.min(failures - 1, 20), longestPause(everyMs));
}

/** A service that says how long it wants to be left alone is left alone, a day at most. */
export function pauseAskedFor(extra: ErrorReport['extra'], now: number): number {
  return Math.min(retryAfterMs(extra?.['headers'], now), 86_400_000);
}

/** No turn is further away, unless the service has asked for it. */
export function longestPause(everyMs: number): number {
  return Math.max(everyMs, LONGEST_PAUSE_MS);
}

/** Flows that are turned on together have their second turns apart: up to a tenth of the interval, the same in every life. */
export function spread({ flow, everyMs }: PolledFlow): number {
  const drawn = createHash('sha256').update(flow.id).digest().readUInt32BE(0) / 2 ** 32;
  return Math.floor((everyMs / 10) * drawn);
}
