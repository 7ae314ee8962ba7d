/** The verbs of a run on DBOS: its steps are found by position, so all waits go through DBOS. */
import { DBOS, type WorkflowHandle } from '@dbos-inc/dbos-sdk';
import type { CallOutcome, CallRequest, JsonData, RunRuntime, RunSeal, SealedValue } from '@flowdeck/engine';
import { closeSealed, openSealed } from '@flowdeck/engine/kit';
import { POLL_MS } from './names.js';
import { inWindow } from './window.js';

/** A call as it is sent: with the queue of the run, whose workers hold all that the run needs. */
export interface SentCall {
  readonly request: CallRequest | SealedValue;
  readonly queue: string;
}

/** The workflow that carries calls out, as it was registered. */
export type FlowCall = (sent: SentCall) => Promise<CallOutcome | SealedValue>;

/** A signal as it is sent: null, which DBOS gives for one that did not come, would be a value. */
export interface SentSignal {
  readonly value: JsonData | SealedValue;
}

/** Timers of the platform take no more than 24.8 days, and DBOS none without an end. */
const LONGEST_MS = 20 * 86_400_000;

/** What a run, or a call of it, asks of DBOS. Only within its workflow. */
export function dbosRuntime(
  flowCall: FlowCall,
  queue: string,
  seal?: RunSeal,
  annex?: RunRuntime['annex'],
): RunRuntime {
  const start = (request: CallRequest) =>
    DBOS.startWorkflow(flowCall, { workflowID: request.executionId, queueName: queue })({
      request: closeSealed(seal, request),
      queue,
    });
  const outcomeOf = async (handle: WorkflowHandle<CallOutcome | SealedValue>): Promise<CallOutcome> =>
    openSealed(seal, await handle.getResult({ pollingIntervalMs: POLL_MS }));
  return {
    keyed: false,
    ...(annex === undefined ? {} : { annex }),
    async step(id, effect) {
      const stored = await DBOS.runStep(async () => closeSealed(seal, await effect()), { name: id });
      return openSealed<JsonData>(seal, stored);
    },
    async sleep(_id, ms) {
      for (let left = ms; left > 0; left -= LONGEST_MS) await DBOS.sleep(Math.min(left, LONGEST_MS));
    },
    async signal(_id, name, timeoutMs = Number.POSITIVE_INFINITY) {
      let left = timeoutMs;
      do {
        const wait = Math.min(left, LONGEST_MS);
        const signal = await DBOS.recv<SentSignal>(name, { timeoutSeconds: wait / 1000, pollingIntervalMs: POLL_MS });
        if (signal !== null) return openSealed<JsonData>(seal, signal.value);
        left -= wait;
      } while (left > 0);
      return undefined;
    },
    async child(asked) {
      return outcomeOf(await start(await asked.request()));
    },
    forEach: (_id, count, item, settle, { concurrency }) =>
      inWindow({
        count,
        concurrency,
        settle,
        request: async (index) => item(index).request(),
        start,
        open: (stored) => openSealed(seal, stored),
      }),
    async spawn(asked) {
      const request = await asked.request();
      await start(request);
      return request.executionId;
    },
    // A token is the id that `spawn` was given.
    join: (token) => outcomeOf(DBOS.retrieveWorkflow<CallOutcome | SealedValue>(token)),
  };
}
