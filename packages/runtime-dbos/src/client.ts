/** Runs on DBOS from outside: by the database alone, without a worker in this process. */
import { DBOSClient, type WorkflowStatus } from '@dbos-inc/dbos-sdk';
import {
  FlowdeckError,
  type JsonData,
  type RunEnd,
  type RunStart,
  type RunSummary,
  type RuntimeClient,
} from '@flowdeck/engine';
import { runtimeAway, runUnknown } from '@flowdeck/engine/kit';
import { assertThere } from './connect.js';
import { FLOW_RUN, POLL_MS, queueOf } from './names.js';
import type { SentSignal } from './runtime.js';

/** Where the runs are. */
export interface DbosClientOptions {
  /** Of the PostgreSQL database that keeps the runs. A worker must have been there once: it makes the tables. */
  readonly databaseUrl: string;
}

/**
 * Starts runs, follows them and steps in.
 *
 * @example
 * const runs = dbosClient({ databaseUrl: 'postgres://localhost/flows' });
 * await runs.start({ runId: 'order-17', revision: deck.revision });
 */
export function dbosClient({ databaseUrl }: DbosClientOptions): RuntimeClient {
  return new DbosRuns(databaseUrl);
}

class DbosRuns implements RuntimeClient {
  readonly #databaseUrl: string;
  #client: Promise<DBOSClient> | null = null;

  constructor(databaseUrl: string) {
    this.#databaseUrl = databaseUrl;
  }

  async start(run: RunStart): Promise<void> {
    const options = { queueName: queueOf(run.revision), workflowName: FLOW_RUN, workflowID: run.runId };
    await this.#ask(async (client) => {
      // DBOS itself warns of a run that has left its queue.
      if ((await client.getWorkflow(run.runId)) === undefined) await client.enqueue(options, run);
    });
  }

  async end(runId: string): Promise<RunEnd> {
    await this.#known(runId);
    return this.#ask(async (client) => {
      try {
        return await client.retrieveWorkflow<RunEnd>(runId).getResult({ pollingIntervalMs: POLL_MS });
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
    return found.map(summaryOf);
  }

  async show(runId: string): Promise<RunSummary | null> {
    const found = await this.#ask((client) => client.getWorkflow(runId));
    return found?.workflowName === FLOW_RUN ? summaryOf(found) : null;
  }

  async cancel(runId: string): Promise<void> {
    await this.#known(runId);
    await this.#ask((client) => client.cancelWorkflow(runId, { cancelChildren: true }));
  }

  async signal(executionId: string, name: string, value: JsonData): Promise<void> {
    await this.#known(executionId.split('/', 1)[0] ?? '');
    await this.#ask((client) => client.send<SentSignal>(executionId, { value }, name));
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => null);
    this.#client = null;
    await client?.destroy();
  }

  async #known(runId: string): Promise<void> {
    if ((await this.show(runId)) === null) throw runUnknown(runId);
  }

  async #ask<T>(act: (client: DBOSClient) => Promise<T>): Promise<T> {
    try {
      this.#client ??= opened(this.#databaseUrl);
      return await act(await this.#client);
    } catch (error) {
      await this.close();
      throw error instanceof FlowdeckError ? error : runtimeAway('The database', error);
    }
  }
}

async function opened(databaseUrl: string): Promise<DBOSClient> {
  await assertThere(databaseUrl);
  return DBOSClient.create({ systemDatabaseUrl: databaseUrl });
}

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

function summaryOf(found: WorkflowStatus): RunSummary {
  const [run] = (found.input ?? []) as readonly (RunStart | undefined)[]; // `start` wrote it
  return {
    runId: found.workflowID,
    flow: run?.flow ?? null,
    revision: run?.revision ?? null,
    startedAt: found.createdAt,
    status: statusOf(found),
  };
}

function statusOf(found: WorkflowStatus): RunSummary['status'] {
  if (found.status === 'ENQUEUED' || found.status === 'DELAYED') return 'waiting';
  if (found.status === 'PENDING') return 'running';
  if (found.status === 'CANCELLED') return 'cancelled';
  const { status } = { ...(found.output as RunEnd | undefined) }; // the worker wrote it
  return status === 'success' || status === 'stopped' || status === 'cancelled' ? status : 'error';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
