/** Runs of workers that are gone are given back to their queues: each worker holds a lock that ends with its process. */
import { DBOS } from '@dbos-inc/dbos-sdk';
import type pg from 'pg';
import { connect } from './connect.js';

/** Of a worker. */
export interface TakeoverOptions {
  readonly databaseUrl: string;
  /** Id of this worker, which no other has had. */
  readonly executor: string;
  /** Milliseconds between two looks for workers that are gone. */
  readonly everyMs: number;
  /** The lock is lost: other workers take this one for gone. */
  readonly onLost: (error: Error) => void;
}

export class Takeover {
  readonly #options: TakeoverOptions;
  readonly #client: pg.Client;
  #timer: NodeJS.Timeout | null = null;
  #isOver = false;

  private constructor(options: TakeoverOptions, client: pg.Client) {
    this.#options = options;
    this.#client = client;
  }

  /** Connects, and takes the lock of this worker. */
  static async open(options: TakeoverOptions): Promise<Takeover> {
    const client = await connect(options.databaseUrl);
    const takeover = new Takeover(options, client);
    client.on('error', (error) => takeover.#lost(error));
    client.on('end', () => takeover.#lost(new Error('The connection to the database has ended.')));
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [options.executor]);
    return takeover;
  }

  /** Does something while no other worker does it: workers that prepare an empty database together are in each other's way. */
  async alone<T>(act: () => Promise<T>): Promise<T> {
    await this.#client.query('SELECT pg_advisory_lock($1)', [PREPARING]);
    try {
      return await act();
    } finally {
      await this.#client.query('SELECT pg_advisory_unlock($1)', [PREPARING]);
    }
  }

  /** Looks now and then for workers that are gone. */
  watch(): void {
    this.#timer = setTimeout(() => {
      this.#look()
        .catch(() => undefined) // the database is away: if it stays away, the lock is lost, and that is told
        .then(() => {
          if (!this.#isOver) this.watch();
        });
    }, this.#options.everyMs);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    this.#isOver = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#client.end();
  }

  async #look(): Promise<void> {
    const pending = await DBOS.listWorkflows({ status: 'PENDING', loadInput: false, loadOutput: false });
    const groups = new Map<string, { readonly executor: string; readonly queue: string; readonly ids: string[] }>();
    for (const { workflowID, executorId, queueName } of pending) {
      if (executorId === undefined || queueName === undefined || executorId === this.#options.executor) continue;
      const key = `${executorId} ${queueName}`;
      const group = groups.get(key) ?? { executor: executorId, queue: queueName, ids: [] };
      groups.set(key, group);
      group.ids.push(workflowID);
    }
    for (const { executor, queue, ids } of groups.values()) {
      if (await this.#isGone(executor)) await DBOS.resumeWorkflows(ids, { queueName: queue });
    }
  }

  async #isGone(executor: string): Promise<boolean> {
    const { rows } = await this.#client.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS free', [
      executor,
    ]);
    if (rows[0]?.free !== true) return false;
    await this.#client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [executor]);
    return true;
  }

  #lost(error: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.onLost(error);
  }
}

/** Number of the lock for preparing the database: any that nothing else of this package uses. */
const PREPARING = 7_310_584_022;
