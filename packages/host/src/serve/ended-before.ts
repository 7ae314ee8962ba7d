/** How a run ended that an earlier host began. */
import type { RunOutcome } from '../journal/types.js';
import { isObject } from '../webhook/delivery.js';
import type { EndedRun } from '../webhook/start.js';

/** What the journal keeps of a run, as its result would say it. */
export function endedBefore({ status, outputs, error }: RunOutcome): EndedRun {
  const told = isObject(error) ? error['message'] : null;
  return {
    status,
    outputs: outputs as EndedRun['outputs'], // by field name, or null
    error: error === null ? null : { message: typeof told === 'string' ? told : `The run ended as "${status}".` },
  };
}
