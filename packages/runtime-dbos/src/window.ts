/** A window of calls. DBOS remembers which of them had ended at each look, so that a replay sees the same order. */
import { setTimeout as after } from 'node:timers/promises';
import { DBOS, type WorkflowHandle } from '@dbos-inc/dbos-sdk';
import type { CallOutcome, CallRequest, SealedValue } from '@flowdeck/engine';
import { POLL_MS } from './names.js';

type CallHandle = WorkflowHandle<CallOutcome | SealedValue>;

/** The calls of a loop. */
export interface StartedCalls {
  readonly count: number;
  readonly concurrency: number;
  readonly request: (index: number) => Promise<CallRequest>;
  readonly start: (request: CallRequest) => Promise<CallHandle>;
  readonly open: (stored: CallOutcome | SealedValue) => CallOutcome;
  readonly settle: (index: number, outcome: CallOutcome) => void;
}

/** An item that is under way. */
interface UnderWay {
  readonly index: number;
  readonly handle: CallHandle;
}

/** Of one that has ended: its id, and what it gave; absent: it gave nothing. */
interface EndedCall {
  readonly id: string;
  readonly given?: CallOutcome | SealedValue;
}

export async function inWindow({ count, concurrency, request, start, open, settle }: StartedCalls): Promise<void> {
  const under = new Map<string, UnderWay>();
  let next = 0;
  let failure: { readonly error: unknown } | null = null;
  for (;;) {
    const indexes: number[] = [];
    while (failure === null && next < count && under.size + indexes.length < concurrency) indexes.push(next++);
    const requests = await Promise.all(indexes.map(request));
    // Started in one turn: DBOS gives each its place in the journal when it is called.
    const handles = await Promise.all(requests.map(start));
    for (const [at, handle] of handles.entries()) under.set(handle.workflowID, { index: indexes[at] ?? 0, handle });
    if (under.size === 0) break;
    // One entry for all that have ended since the last look, and for what they gave.
    const ended = await DBOS.runStep(() => lookUntilSome([...under.keys()]), { name: 'ended' });
    for (const { id, given } of ended) {
      const call = under.get(id);
      if (call === undefined) throw new Error(`DBOS tells of "${id}", which was not asked for.`);
      under.delete(id);
      // One that gave nothing was ended by DBOS: its result is why.
      const outcome = open(given ?? (await call.handle.getResult({ pollingIntervalMs: POLL_MS })));
      try {
        settle(call.index, outcome);
      } catch (error) {
        failure ??= { error };
      }
    }
  }
  if (failure !== null) throw failure.error;
}

/** Statuses of workflows that have ended. */
const OVER = ['SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'] as const;

/** Those that have ended, as soon as there is one. Rejects when the run is cancelled meanwhile. */
async function lookUntilSome(workflowIDs: string[]): Promise<readonly EndedCall[]> {
  const { cancelSignal } = DBOS.stepStatus ?? {};
  for (;;) {
    const found = await DBOS.listWorkflows({ workflowIDs, status: [...OVER], loadInput: false });
    if (found.length > 0) {
      return found.map(({ workflowID, status, output }) => ({
        id: workflowID,
        ...(status === 'SUCCESS' ? { given: output as CallOutcome | SealedValue } : {}), // `flowCall` gave it
      }));
    }
    await after(POLL_MS, undefined, cancelSignal === undefined ? {} : { signal: cancelSignal });
  }
}
