/** A worker on DBOS: takes runs, and the calls that they make, from the queues of the revisions that it holds. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { DBOS } from '@dbos-inc/dbos-sdk';
import {
  type CallOutcome,
  type CallRequest,
  type Deck,
  type Engine,
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
  isPlainObject,
  openSealed,
  openStart,
  readStart,
  type SealedStart,
  sealedAnnex,
} from '@flowdeck/engine/kit';
import { patient, sweep } from './annex.js';
import { FLOW_CALL, FLOW_RUN, POLL_MS, queueOf } from './names.js';
import { dbosRuntime, type SentCall } from './runtime.js';
import { Takeover } from './takeover.js';

/** What a worker is made of. */
export interface DbosWorkerOptions {
  /** Of the PostgreSQL database that keeps the runs, such as `postgres://user:password@localhost/flows`. */
  readonly databaseUrl: string;
  /** With the packs and ports that its flows need. */
  readonly engine: Engine;
  /** The decks that it holds, by revision. */
  readonly decks: ReadonlyMap<string, Deck>;
  /** Version of the interpreter: a run that began with another one waits for a worker that has it. Default: that of the engine. */
  readonly interpreter?: string;
  /** Seals what the database keeps of runs, as `runSeal` of `@flowdeck/host` makes it: the client needs the same. Default: it is kept in the clear. */
  readonly seal?: RunSeal;
  /** Takes what is longer than the limit `recordBytes`, sealed likewise; all workers need the same. Default: such a thing is an error. */
  readonly annex?: RunAnnex;
  /** Milliseconds between two looks for runs that are over and have left something in the annex. Default 60,000. */
  readonly sweepMs?: number;
  /** Milliseconds between two looks for workers that are gone. Default 1,000. */
  readonly takeoverMs?: number;
  /**
   * Told when the database takes this worker for gone: its runs go on elsewhere, so nothing of it must go on. Default: an
   * exception that nothing catches, which ends the process.
   */
  readonly onLost?: (error: Error) => void;
}

/** A worker that takes runs. */
export interface DbosWorker {
  /** Takes no more; what is under way goes on elsewhere. */
  close(): Promise<void>;
}

/** More lives than a run has: DBOS would otherwise give a run up that was killed a hundred times. */
const MOST_LIVES = 1_000_000;

/**
 * Takes runs from PostgreSQL. DBOS knows one worker a process.
 *
 * @example
 * const worker = await dbosWorker({ databaseUrl, engine, decks: new Map([[deck.revision, deck]]) });
 */
export async function dbosWorker(options: DbosWorkerOptions): Promise<DbosWorker> {
  const { databaseUrl, decks, interpreter = INTERPRETER, seal, takeoverMs = 1_000, onLost = endProcess } = options;
  const executor = `${hostname()}-${process.pid}-${randomUUID()}`;
  // What was begun without a key goes on, too.
  const queues = [...decks.keys()].flatMap((revision) =>
    seal === undefined ? [queueOf(revision)] : [queueOf(revision), queueOf(revision, seal)],
  );
  DBOS.setConfig({
    name: 'flowdeck',
    systemDatabaseUrl: databaseUrl,
    // Workflows keep the version that first took them, and are taken by that only.
    applicationVersion: interpreter,
    executorID: executor,
    listenQueues: queues,
    logLevel: 'error',
  });
  const annex = options.annex === undefined ? undefined : patient(sealedAnnex(seal, options.annex));
  register(options, annex);
  const takeover = await Takeover.open({ databaseUrl, executor, everyMs: takeoverMs, onLost });
  await takeover.alone(async () => {
    await DBOS.launch();
    // No limit of a queue: an item that sleeps would keep its place from the next one.
    for (const queue of queues) {
      await DBOS.registerQueue(queue, { minPollingIntervalMs: POLL_MS, onConflict: 'never_update' });
    }
  });
  takeover.watch();
  // What cannot be swept now is swept later.
  const sweeping =
    annex && setInterval(() => void sweep(annex).catch(() => undefined), options.sweepMs ?? 60_000).unref();
  return {
    async close() {
      clearInterval(sweeping);
      await takeover.close();
      await DBOS.shutdown();
    },
  };
}

function register({ engine, decks, seal }: DbosWorkerOptions, annex: RunAnnex | undefined): void {
  const flowCall = DBOS.registerWorkflow(
    async (sent: SentCall): Promise<CallOutcome | SealedValue> => {
      // Somebody may have written it by hand; the engine looks at the request.
      const { request, queue }: SentCall = { ...sent };
      const runtime = dbosRuntime(flowCall, queue, seal, annex);
      return closeSealed(seal, await engine.execute(openSealed<CallRequest>(seal, request), { decks, runtime }));
    },
    { name: FLOW_CALL, maxRecoveryAttempts: MOST_LIVES },
  );
  DBOS.registerWorkflow(
    async (stored: RunStart | SealedStart): Promise<RunEnd | SealedValue> => {
      const { revision, limits, ...run } = readStart(isPlainObject(stored) ? openStart(seal, stored) : stored);
      const startedAt = await DBOS.now();
      const deck = decks.get(revision);
      // Its queue is not listened to without the deck.
      if (deck === undefined) throw new Error(`This worker does not have revision ${revision}.`);
      const result = await engine.run(deck, {
        ...run,
        // The engine refuses a name that is none.
        ...(limits === undefined ? {} : { limits: limits as Partial<Limits> }),
        startedAt,
        runtime: dbosRuntime(flowCall, queueOf(revision, 'sealed' in stored ? seal : undefined), seal, annex),
      });
      return closeSealed(seal, runEndOf(result));
    },
    { name: FLOW_RUN, maxRecoveryAttempts: MOST_LIVES },
  );
}

function endProcess(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}
