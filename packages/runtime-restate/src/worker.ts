/** Workflows for a Restate endpoint: one carries runs out, one the calls that they make. Neither knows any flow. */
import {
  type CallOutcome,
  type CallRequest,
  type DataObject,
  type DeckSource,
  type Engine,
  FlowdeckError,
  type JsonData,
  type Limits,
  type RunResult,
} from '@flowdeck/engine';
import * as restate from '@restatedev/restate-sdk';
import { FLOW_CALL, restateRuntime, signalName } from './runtime.js';

/** Name of the workflow that carries runs out, keyed by the id of the run. */
export const FLOW_RUN = 'flowRun';

/** What a worker is made of. */
export interface RestateWorkerOptions {
  /** With the packs and ports that its flows need. */
  readonly engine: Engine;
  /** The decks that it holds, by revision. */
  readonly decks: DeckSource;
}

/** What starts a run. All of it is JSON. */
export interface RestateStart {
  /** Revision of the deck. */
  readonly revision: string;
  /** Id or name of the flow; absent: the only one. */
  readonly flow?: string;
  /** By field name. */
  readonly inputs?: DataObject;
  /** By field name. */
  readonly options?: DataObject;
  /** Name of the connection that the flow runs with. */
  readonly connection?: string;
  /** See `RunOptions.metadata`. */
  readonly metadata?: DataObject;
  /** Limits of the run, fixed for all of its lives and workers. */
  readonly limits?: Partial<Limits>;
}

/** A signal for a run or one of its calls. */
export interface RestateSignal {
  /** Its name, such as `resume`. */
  readonly name: string;
  /** What the card that waits is given. */
  readonly value: JsonData;
}

/** The workflows, for `restate.serve({ services })` or an endpoint of your own. */
export function restateWorker({ engine, decks }: RestateWorkerOptions) {
  const signal = restate.handlers.workflow.shared(
    async (ctx: restate.WorkflowSharedContext, { name, value }: RestateSignal): Promise<void> => {
      for (let number = 0; ; number++) {
        const promise = ctx.promise<JsonData>(signalName(name, number));
        if ((await promise.peek()) !== undefined) continue;
        await promise.resolve(value);
        return;
      }
    },
  );
  const flowRun = restate.workflow({
    name: FLOW_RUN,
    handlers: {
      run: async (ctx: restate.WorkflowContext, start: RestateStart): Promise<RunResult> => {
        const { revision, ...options } = start;
        const startedAt = await ctx.date.now();
        const deck = await decks.get(revision);
        // Not terminal: Restate keeps the run, and goes on with it when a worker has the revision.
        if (deck === null || deck === undefined) throw new Error(`This worker does not have revision ${revision}.`);
        const abandon = ctx.request().attemptCompletedSignal;
        return asTerminal(() =>
          engine.run(deck, { ...options, runId: ctx.key, startedAt, runtime: restateRuntime(ctx), abandon }),
        );
      },
      signal,
    },
  });
  const flowCall = restate.workflow({
    name: FLOW_CALL,
    handlers: {
      run: async (ctx: restate.WorkflowContext, request: CallRequest): Promise<CallOutcome> => {
        const abandon = ctx.request().attemptCompletedSignal;
        return asTerminal(() => engine.execute(request, { decks, runtime: restateRuntime(ctx), abandon }));
      },
      signal,
    },
  });
  return [flowRun, flowCall];
}

/** What no other worker could do better ends the invocation; all else Restate tries again. */
const HOPELESS: ReadonlySet<string> = new Set([
  'unknown-flow',
  'flow-ambiguous',
  'unknown-input',
  'missing-input',
  'invalid-input',
  'invalid-metadata',
  'invalid-request',
  'limit-invalid',
  'option-unknown',
  'option-invalid',
]);

async function asTerminal<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof FlowdeckError && HOPELESS.has(error.code)) {
      throw new restate.TerminalError(`${error.message} ${error.hint ?? ''}`.trim(), { errorCode: 400 });
    }
    throw error;
  }
}
