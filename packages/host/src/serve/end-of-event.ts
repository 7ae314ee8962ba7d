/** How the run of an event ends: perhaps it has ended before, in an earlier host. */
import type { RunResult } from '@flowdeck/engine';
import type { HostCode } from '../codes.js';
import type { KeptEvent } from '../events/types.js';
import type { RunOutcome } from '../journal/types.js';
import { isObject } from '../webhook/delivery.js';
import type { EndedRun } from '../webhook/start.js';

/** What its end is found by. */
export interface EndWorld {
  /** Runs it, under this id. */
  readonly begin: (runId: string) => Promise<RunResult>;
  /** What the journal keeps of a run that has ended. */
  readonly outcomeOf: (runId: string) => Promise<RunOutcome | null>;
  /** How long ids of events are remembered, in milliseconds. */
  readonly rememberMs: number;
}

/**
 * An earlier host may have come to the end of the run, and not to noting that its event is done with. But a run that had
 * ended longer before than ids are remembered was one of another event, which came under the same id.
 */
export async function endOfEvent(event: KeptEvent, runId: string, world: EndWorld): Promise<EndedRun> {
  const result = await world.begin(runId);
  if (result.error?.code !== ('journal-run-ended' satisfies HostCode)) return result;
  const outcome = await world.outcomeOf(runId);
  if (outcome === null) return result;
  const { endedAt } = outcome;
  if (endedAt === null || event.at - endedAt < world.rememberMs) return endedBefore(outcome);
  return endOfEvent(event, `${runId}-${endedAt}`, world);
}

/** What the journal keeps of a run, as its result would say it. */
function endedBefore({ status, outputs, error }: RunOutcome): EndedRun {
  const told = isObject(error) ? error['message'] : null;
  return {
    status,
    outputs: outputs as EndedRun['outputs'], // by field name, or null
    error: error === null ? null : { message: typeof told === 'string' ? told : `The run ended as "${status}".` },
  };
}
