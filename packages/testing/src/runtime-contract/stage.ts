/** Where one check takes place: a runtime, its workers, and the server that counts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FlowdeckError, type RunEnd, type RunStart, type RuntimeClient } from '@flowdeck/engine';
import { EffectServer, type Effects } from './effects.js';
import { killed, started, type WorkerProcess } from './process.js';
import type { OpenRuntime, RuntimeSubject } from './subject.js';
import type { WorkerOrder } from './worker.js';

/** Milliseconds until an effect is answered. */
const EFFECT_MS = 15;

/** Milliseconds until a runtime that was away is asked again. */
const AGAIN_MS = 10;

/** How often it is asked, before it counts as lost. */
const MOST_TIMES = 6_000;

/** A worker under supervision: one that ends by itself, such as without its database, is started again. */
export interface Worker {
  /** Revision of the unchanged deck. */
  readonly revision: string;
  /** Revision of the changed one. */
  readonly changedRevision: string;
}

interface Supervised extends Worker {
  readonly order: WorkerOrder;
  process: WorkerProcess;
  /** The contract itself has ended it. */
  isOver: boolean;
  /** It is being started again. */
  returning: Promise<void> | null;
}

/** What counts the effects of any number of stages. */
export function effectServer(): EffectServer {
  return new EffectServer(EFFECT_MS);
}

/** Opens a runtime, hands its stage to `act`, and ends everything. */
export async function onStage<T>(
  subject: RuntimeSubject,
  act: (stage: ContractStage) => Promise<T>,
  server: EffectServer = effectServer(),
): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'flowdeck-contract-'));
  const effects = await server.count();
  let stage: ContractStage | null = null;
  try {
    stage = new ContractStage(subject, await subject.open(dir), effects);
    return await act(stage);
  } finally {
    await stage?.close();
    effects.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A runtime on which checks are acted: its workers are started, killed and started again, and its effects counted. */
export class ContractStage {
  /** What is tried. */
  readonly subject: RuntimeSubject;
  /** What the effects of its runs came to. */
  readonly effects: Effects;
  readonly #runtime: OpenRuntime;
  readonly #workers = new Set<Supervised>();
  #isClosed = false;

  constructor(subject: RuntimeSubject, runtime: OpenRuntime, effects: Effects) {
    this.subject = subject;
    this.#runtime = runtime;
    this.effects = effects;
  }

  /** The runtime from outside. */
  get client(): RuntimeClient {
    return this.#runtime.client;
  }

  /** Something behind the workers can crash. */
  get hasServer(): boolean {
    return this.#runtime.crash !== undefined;
  }

  /** Starts a worker, and resolves when it takes runs. */
  async start(order: Partial<WorkerOrder> = {}): Promise<Worker> {
    const full: WorkerOrder = {
      effects: this.effects.url,
      decks: ['first'],
      interpreter: '1',
      clockOffset: 0,
      ...order,
    };
    const process = await this.#process(full);
    const { first: revision, changed: changedRevision } = process.revisions;
    const worker: Supervised = {
      revision,
      changedRevision,
      order: full,
      process,
      isOver: false,
      returning: null,
    };
    this.#workers.add(worker);
    this.#supervise(worker);
    return worker;
  }

  /** Kills a worker without any warning, and resolves when it is gone. */
  async kill(worker: Worker): Promise<void> {
    for (const each of this.#workers) if (each === worker) await this.#end(each);
  }

  /** Kills what is behind the workers, and starts it again after `meanwhile`. */
  async crash(meanwhile: () => Promise<void> = async () => {}): Promise<void> {
    await this.#runtime.crash?.(meanwhile);
  }

  /** How a run ended. */
  async end(runId: string): Promise<RunEnd> {
    return this.again(() => this.client.end(runId));
  }

  /** Resolves when that effect has come. Rejects when its run ends before. */
  async arrival(key: string): Promise<void> {
    await this.#before(key, this.effects.arrival(key));
  }

  /** Resolves when so many effects of the run have come. Rejects likewise. */
  async reach(runId: string, count: number): Promise<void> {
    await this.#before(runId, this.effects.reach(runId, count));
  }

  /** Starts a run. */
  async begin(run: RunStart): Promise<void> {
    await this.again(() => this.client.start(run));
  }

  /** Asks a runtime that may be away for a moment until it answers: by that no run is lost. */
  async again<T>(act: () => Promise<T>): Promise<T> {
    for (let times = 1; ; times++) {
      try {
        return await act();
      } catch (error) {
        if (!isAway(error) || times === MOST_TIMES || this.#isClosed) throw error;
        await turn();
      }
    }
  }

  /** Ends the workers and the runtime. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#workers].map((worker) => this.#end(worker)));
    await this.#runtime.close();
  }

  /** What is awaited of a run may come with its end, and not after it. */
  async #before(key: string, awaited: Promise<void>): Promise<void> {
    const [runId = ''] = key.split('/', 1);
    const end = await Promise.race([awaited, this.end(runId)]);
    if (end === undefined || (await Promise.race([awaited.then(() => true), turn()])) === true) return;
    throw new Error(`The run "${runId}" ended before its effect "${key}": ${JSON.stringify(end)}`);
  }

  async #process(order: WorkerOrder): Promise<WorkerProcess> {
    const process = await started(await this.#runtime.worker(order.interpreter), order);
    await this.#runtime.admit?.(order.interpreter);
    return process;
  }

  async #end(worker: Supervised): Promise<void> {
    worker.isOver = true;
    this.#workers.delete(worker);
    await worker.returning;
    await killed(worker.process.child);
  }

  #supervise(worker: Supervised): void {
    worker.process.child.once('exit', () => {
      if (worker.isOver) return;
      worker.returning = this.#revive(worker);
    });
  }

  /** What the worker needs may itself have to come back first. */
  async #revive(worker: Supervised): Promise<void> {
    while (!worker.isOver) {
      try {
        worker.process = await this.#process(worker.order);
        worker.returning = null;
        this.#supervise(worker);
        return;
      } catch {
        await turn();
      }
    }
  }
}

function isAway(error: unknown): boolean {
  return error instanceof FlowdeckError && error.code === 'runtime-away';
}

/** A moment, so that asking again is no load. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
}
