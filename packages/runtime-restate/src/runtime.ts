/** The verbs of a run on Restate: its journal is found by position, so all waits go through Restate's own promises. */

import type { CallOutcome, CallRequest, JsonData, RunAnnex, RunRuntime, RunSeal } from '@flowdeck/engine';
import { closeSealed, INTERPRETER, openSealed, sealedAnnex } from '@flowdeck/engine/kit';
import { InvocationIdParser, TimeoutError, type WorkflowContext } from '@restatedev/restate-sdk';
import { FLOW_CALL, signalName } from './names.js';
import { inRace } from './window.js';

/** A call as it is sent: with the version of the interpreter that the run began with. */
export interface SentCall {
  readonly request: CallRequest;
  readonly interpreter: string;
}

/**
 * What a run, or a call of it, asks of Restate. `restateWorker` gives it to each by itself; take it for workflows of your own.
 *
 * @example
 * engine.run(deck, { runId: ctx.key, startedAt: await ctx.date.now(), runtime: restateRuntime(ctx), abandon: ctx.request().attemptCompletedSignal });
 */
export function restateRuntime(
  ctx: WorkflowContext,
  interpreter: string = INTERPRETER,
  seal?: RunSeal,
  annex?: RunAnnex,
): RunRuntime {
  const serde = jsonSerde(seal);
  /** Signals received so far, by name: the promises of a workflow are settled once each. */
  const received = new Map<string, number>();
  const call = (request: CallRequest) =>
    ctx.genericCall<SentCall, CallOutcome>({
      service: FLOW_CALL,
      method: 'run',
      key: request.executionId,
      parameter: { request, interpreter },
      inputSerde: serde,
      outputSerde: serde,
    });
  return {
    keyed: false,
    ...(annex === undefined ? {} : { annex: sealedAnnex(seal, annex) }),
    // One attempt: what the engine retries it retries by steps of its own.
    step: (id, effect) => started(ctx.run<JsonData>(id, effect, { serde, maxRetryAttempts: 1 })),
    sleep: (id, ms) => started(ctx.sleep(ms, id)),
    async signal(_id, name, timeoutMs) {
      const number = received.get(name) ?? 0;
      const promise = ctx.promise<JsonData>(signalName(name, number), serde).get();
      try {
        const value = await (timeoutMs === undefined ? promise : promise.orTimeout(timeoutMs));
        received.set(name, number + 1);
        return value;
      } catch (error) {
        if (error instanceof TimeoutError) return undefined;
        throw error;
      }
    },
    async child(asked) {
      const request = await asked.request();
      return call(request);
    },
    forEach: (_id, count, item, settle, { concurrency }) =>
      inRace({ count, concurrency, settle, request: async (index) => item(index).request(), call }),
    async spawn(asked) {
      const request = await asked.request();
      const handle = ctx.genericSend({
        service: FLOW_CALL,
        method: 'run',
        key: request.executionId,
        parameter: { request, interpreter },
        inputSerde: serde,
      });
      return handle.invocationId;
    },
    // A token is the id that `spawn` was given.
    join: (token) => started(ctx.attach<CallOutcome>(InvocationIdParser.fromString(token), serde)),
  };
}

/** Awaits a promise of Restate's, which is one by its `then` only. */
async function started<T>(promise: PromiseLike<T>): Promise<T> {
  return promise;
}

/** All that crosses is JSON, sealed where there is a key. */
function jsonSerde(seal: RunSeal | undefined) {
  return {
    contentType: 'application/json',
    serialize: (value: unknown): Uint8Array =>
      new TextEncoder().encode(JSON.stringify(closeSealed(seal, value ?? null))),
    deserialize: (bytes: Uint8Array) => openSealed(seal, JSON.parse(new TextDecoder().decode(bytes))),
  };
}
