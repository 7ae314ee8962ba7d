/** Workflows for a Restate endpoint: one carries runs out, one the calls that they make. Neither knows any flow. */
import {
  type CallOutcome,
  type CallRequest,
  type DeckSource,
  type Engine,
  FlowdeckError,
  type JsonData,
  type Limits,
  type RunAnnex,
  type RunEnd,
  type RunSeal,
  type RunStart,
  runEndOf,
  type SealedValue,
} from '@flowdeck/engine';
import {
  closeSealed,
  INTERPRETER,
  interpreterDiffers,
  isPlainObject,
  openSealed,
  openStart,
  readStart,
  type SealedStart,
} from '@flowdeck/engine/kit';
import * as restate from '@restatedev/restate-sdk';
import { FLOW_CALL, FLOW_RUN, RUN_STATE, signalName } from './names.js';
import { restateRuntime, type SentCall } from './runtime.js';

/** What a worker is made of. */
export interface RestateWorkerOptions {
  /** With the packs and ports that its flows need. */
  readonly engine: Engine;
  /** The decks that it holds, by revision. */
  readonly decks: DeckSource;
  /** Version of the interpreter: a run that began with another one waits for a worker that has it. Default: that of the engine. */
  readonly interpreter?: string;
  /** Seals what Restate keeps of runs, as `runSeal` of `@flowdeck/host` makes it: the client needs the same. Default: it is kept in the clear. */
  readonly seal?: RunSeal;
  /** Takes what is longer than the limit `recordBytes`, sealed likewise; all workers need the same. Default: such a thing is an error. */
  readonly annex?: RunAnnex;
}

/** What starts a run; its id is the key of the workflow. All of it is JSON. */
export type RestateStart = Omit<RunStart, 'runId'>;

/** A signal for a run or one of its calls. */
export interface RestateSignal {
  /** Its name, such as `resume`. */
  readonly name: string;
  /** What the card that waits is given. */
  readonly value: JsonData;
}

/** What the first life of a run fixes for all of them. */
type RunBegin = {
  readonly startedAt: number;
  readonly interpreter: string;
};

/** The workflows, for `restate.serve({ services })` or an endpoint of your own. */
export function restateWorker({ engine, decks, interpreter = INTERPRETER, seal, annex }: RestateWorkerOptions) {
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
      run: async (
        ctx: restate.WorkflowContext,
        stored: RestateStart | Omit<SealedStart, 'runId'>,
      ): Promise<RunEnd | SealedValue> => {
        const { limits, runId, revision, ...named } = await asTerminal(async () => readStored(ctx.key, stored, seal));
        // One entry for both: an entry costs more than a millisecond.
        const begin = await ctx.run<RunBegin>('begin', () => ({ startedAt: Date.now(), interpreter }));
        // For those who list runs; it is not waited for.
        ctx.set(RUN_STATE, { flow: named.flow ?? null, revision });
        const deck = await decks.get(revision);
        // Not terminal: Restate keeps the run, and goes on with it when a worker has the revision.
        if (deck === null || deck === undefined) throw new Error(`This worker does not have revision ${revision}.`);
        if (begin.interpreter !== interpreter) throw interpreterDiffers(ctx.key, begin.interpreter, interpreter);
        const result = await asTerminal(() =>
          engine.run(deck, {
            ...named,
            // The engine refuses a name that is none.
            ...(limits === undefined ? {} : { limits: limits as Partial<Limits> }),
            runId,
            startedAt: begin.startedAt,
            runtime: restateRuntime(ctx, interpreter, seal, annex),
            abandon: ctx.request().attemptCompletedSignal,
          }),
        );
        return closeSealed(seal, runEndOf(result));
      },
      signal,
    },
  });
  const flowCall = restate.workflow({
    name: FLOW_CALL,
    handlers: {
      run: async (ctx: restate.WorkflowContext, stored: SentCall | SealedValue): Promise<CallOutcome | SealedValue> => {
        const sent = await asTerminal(async () => readSent(openSealed<SentCall>(seal, stored)));
        if (sent.interpreter !== interpreter) throw interpreterDiffers(ctx.key, sent.interpreter, interpreter);
        const abandon = ctx.request().attemptCompletedSignal;
        const request: CallRequest = sent.request;
        const runtime = restateRuntime(ctx, interpreter, seal, annex);
        return closeSealed(seal, await asTerminal(() => engine.execute(request, { decks, runtime, abandon })));
      },
      signal,
    },
  });
  return [flowRun, flowCall];
}

/** A start comes from anybody who reaches the server. */
function readStored(runId: string, stored: unknown, seal: RunSeal | undefined): RunStart {
  return readStart({ ...(isPlainObject(stored) ? openStart(seal, stored) : {}), runId });
}

/** Likewise a call. */
function readSent(sent: unknown): SentCall {
  const isCall = isPlainObject(sent) && typeof sent['interpreter'] === 'string' && isPlainObject(sent['request']);
  // The engine looks at the request.
  if (isCall) return sent as unknown as SentCall;
  throw new FlowdeckError(
    'invalid-request',
    'A call has to be an object with the members "interpreter" and "request".',
    {
      hint: 'Calls are made by runs: start a run in place of one.',
    },
  );
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
