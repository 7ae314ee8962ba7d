/** Runs on DBOS from outside: by the database alone, without a worker in this process. */
import { DBOSClient, type WorkflowStatus } from '@dbos-inc/dbos-sdk';
import {
  FlowdeckError,
  type JsonData,
  type RunEnd,
  type RunSeal,
  type RunStart,
  type RunSummary,
  type RuntimeClient,
  type SealedValue,
} from '@flowdeck/engine';
import {
  closeSealed,
  closeStart,
  openSealed,
  runOver,
  runUnknown,
  signalToSend,
  startToSend,
} from '@flowdeck/engine/kit';
import { type DatabaseWatch, unanswered, watchDatabase } from './connect.js';
import { FLOW_RUN, POLL_MS, queueOf } from './names.js';
import type { SentSignal } from './runtime.js';

/** Where the runs are. */
export interface DbosClientOptions {
  /** Of the PostgreSQL database that keeps the runs. A worker must have been there once: it makes the tables. */
  readonly databaseUrl: string;
  /** The seal of the workers. Default: none. */
  readonly seal?: RunSeal;
}

/**
 * Starts runs, follows them and steps in.
 *
 * @example
 * const runs = dbosClient({ databaseUrl: 'postgres://localhost/flows' });
 * await runs.start({ runId: 'order-17', revision: deck.revision });
 */
export function dbosClient({ databaseUrl, seal }: DbosClientOptions): RuntimeClient {
  return new DbosRuns(databaseUrl, seal);
}

class DbosRuns implements RuntimeClient {
  readonly #databaseUrl: string;
  readonly #seal: RunSeal | undefined;
  #open: Promise<OpenClient> | null = null;

  constructor(databaseUrl: string, seal: RunSeal | undefined) {
    this.#databaseUrl = databaseUrl;
    this.#seal = seal;
  }

  async start(given: RunStart): Promise<void> {
    const run = startToSend(given);
    const options = { queueName: queueOf(run.revision, this.#seal), workflowName: FLOW_RUN, workflowID: run.runId };
    await this.#ask(async (client) => {
      // DBOS itself warns of a run that has left its queue.
      if ((await client.getWorkflow(run.runId)) === undefined)
        await client.enqueue(options, closeStart(this.#seal, run));
    });
  }

  async end(runId: string): Promise<RunEnd> {
    await this.#known(runId);
    return this.#ask(async (client) => {
      try {
        const handle = client.retrieveWorkflow<RunEnd | SealedValue>(runId);
        return openSealed(this.#seal, await handle.getResult({ pollingIntervalMs: POLL_MS }));
      } catch (error) {
        const end = endOf(await client.getWorkflow(runId));
        if (end === null) throw error;
        return end;
      }
    });
  }

  async list(limit: number): Promise<readonly RunSummary[]> {
    const found = await this.#ask((client) =>
      client.listWorkflows({ workflowName: FLOW_RUN, limit, sortDesc: true, loadInput: true, loadOutput: true }),
    );
    return found.map((each) => summaryOf(each, this.#seal));
  }

  async show(runId: string): Promise<RunSummary | null> {
    const found = await this.#ask((client) => client.getWorkflow(runId));
    return found?.workflowName === FLOW_RUN ? summaryOf(found, this.#seal) : null;
  }

  async cancel(runId: string): Promise<void> {
    await this.#known(runId);
    await this.#ask((client) => client.cancelWorkflow(runId, { cancelChildren: true }));
  }

  async signal(executionId: string, name: string, value: JsonData): Promise<void> {
    const [runId = ''] = executionId.split('/', 1);
    const sent: SentSignal = { value: closeSealed(this.#seal, signalToSend(runId, name, value)) };
    if (isEnded((await this.#known(runId)).status)) throw runOver(runId);
    await this.#ask((client) => client.send(executionId, sent, name));
  }

  async close(): Promise<void> {
    const open = await this.#open?.catch(() => null);
    this.#open = null;
    await Promise.all([open?.client.destroy(), open?.watch.end()]);
  }

  async #known(runId: string): Promise<RunSummary> {
    const found = await this.show(runId);
    if (found === null) throw runUnknown(runId);
    return found;
  }

  async #ask<T>(act: (client: DBOSClient) => Promise<T>): Promise<T> {
    try {
      this.#open ??= opened(this.#databaseUrl);
      const { client, watch } = await this.#open;
      return await Promise.race([act(client), watch.lost]);
    } catch (error) {
      // What hangs on a database that is away is not waited for.
      void this.close().catch(() => undefined);
      throw error instanceof FlowdeckError ? error : unanswered(error);
    }
  }
}

interface OpenClient {
  readonly client: DBOSClient;
  readonly watch: DatabaseWatch;
}

async function opened(databaseUrl: string): Promise<OpenClient> {
  const watch = await watchDatabase(databaseUrl);
  try {
    return { watch, client: await DBOSClient.create({ systemDatabaseUrl: databaseUrl, logger: SILENT }) };
  } catch (error) {
    await watch.end();
    throw error;
  }
}

/** What goes wrong is thrown; DBOS would print it, too. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** The end of a workflow that gave none. Null: it has not ended. */
function endOf(found: WorkflowStatus | undefined): RunEnd | null {
  switch (found?.status) {
    case 'CANCELLED':
      return { status: 'cancelled', outputs: null, error: { code: 'cancelled', message: 'The run was cancelled.' } };
    case 'ERROR':
    case 'MAX_RECOVERY_ATTEMPTS_EXCEEDED':
      return { status: 'error', outputs: null, error: { code: 'run-refused', message: messageOf(found.error) } };
    default:
      return null;
  }
}

function summaryOf(found: WorkflowStatus, seal: RunSeal | undefined): RunSummary {
  const [run] = (found.input ?? []) as readonly (RunStart | undefined)[]; // `start` wrote it
  return {
    runId: found.workflowID,
    flow: run?.flow ?? null,
    revision: run?.revision ?? null,
    startedAt: found.createdAt,
    status: statusOf(found, seal),
  };
}

function statusOf(found: WorkflowStatus, seal: RunSeal | undefined): RunSummary['status'] {
  if (found.status === 'ENQUEUED' || found.status === 'DELAYED') return 'waiting';
  if (found.status === 'PENDING') return 'running';
  if (found.status === 'CANCELLED') return 'cancelled';
  if (found.status !== 'SUCCESS') return 'error';
  const { status } = openSealed(seal, found.output as RunEnd | SealedValue); // the worker wrote it
  return status === 'success' || status === 'stopped' || status === 'cancelled' ? status : 'error';
}

function isEnded(status: RunSummary['status']): boolean {
  return status !== 'waiting' && status !== 'running';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
