/** A window of calls of which DBOS says which has ended first, so that a replay sees the same order. */
import { DBOS, type WorkflowHandle } from '@dbos-inc/dbos-sdk';
import type { CallOutcome, SealedValue } from '@flowdeck/engine';
import { POLL_MS } from './names.js';

type CallHandle = WorkflowHandle<CallOutcome | SealedValue>;

/** The calls of a loop. */
export interface StartedCalls {
  readonly count: number;
  readonly concurrency: number;
  readonly start: (index: number) => Promise<CallHandle>;
  readonly outcomeOf: (handle: CallHandle) => Promise<CallOutcome>;
  readonly settle: (index: number, outcome: CallOutcome) => void;
}

/** An item that is under way. */
interface UnderWay {
  readonly index: number;
  readonly handle: CallHandle;
}

export async function oneAfterOther({ count, concurrency, start, outcomeOf, settle }: StartedCalls): Promise<void> {
  const under = new Map<string, UnderWay>();
  let next = 0;
  let failure: { readonly error: unknown } | null = null;
  for (;;) {
    while (failure === null && next < count && under.size < concurrency) {
      const index = next++;
      const handle = await start(index);
      under.set(handle.workflowID, { index, handle });
    }
    if (under.size === 0) break;
    const handles = [...under.values()].map(({ handle }) => handle);
    const { workflowID } = await DBOS.waitFirst(handles, { pollingIntervalMs: POLL_MS });
    const first = under.get(workflowID);
    if (first === undefined) throw new Error(`DBOS tells of "${workflowID}", which was not asked for.`);
    under.delete(workflowID);
    const outcome = await outcomeOf(first.handle);
    try {
      settle(first.index, outcome);
    } catch (error) {
      failure ??= { error };
    }
  }
  if (failure !== null) throw failure.error;
}
