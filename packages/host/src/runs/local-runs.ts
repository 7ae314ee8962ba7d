/** Runs of this process as a runtime is seen from outside: in memory, or on a journal that goes on with them. */
import {
  type Clock,
  type Deck,
  type DeckSource,
  type Engine,
  FlowdeckError,
  type JsonData,
  type RunEnd,
  type RunHandle,
  type RunOptions,
  type RunRecord,
  type RunStart,
  type RunSummary,
  type RuntimeClient,
  runEndOf,
  systemClock,
} from '@flowdeck/engine';
import { decodeValue, encodeValue, readStart, runOver, runUnknown, signalToSend } from '@flowdeck/engine/kit';
import type { FileJournal } from '../journal/types.js';

/** What runs of this process live on. */
export interface LocalRunsOptions {
  /** With the packs and ports that the flows need; with the journal as its runtime where there is one. */
  readonly engine: Engine;
  /** The decks that this process holds, by revision. */
  readonly decks: DeckSource;
  /** What the runs are recorded in. Default: nothing, so that they end with the process. */
  readonly journal?: FileJournal;
  /** Says when runs are started. Default: the time of this machine. */
  readonly clock?: Clock;
  /** How many ended runs are remembered without being looked for in the journal. Default 1,000. */
  readonly remembered?: number;
}

/**
 * Takes runs, and goes on with those that the journal holds and whose revision is there; the others wait.
 *
 * @example
 * const journal = await fileJournal({ dir: './runs' });
 * const engine = createEngine({ packs, ports: { runtime: journal } });
 * const runs = await localRuns({ engine, decks: new Map([[deck.revision, deck]]), journal });
 * await runs.start({ runId: 'order-17', revision: deck.revision });
 */
export async function localRuns(options: LocalRunsOptions): Promise<RuntimeClient> {
  const runs = new LocalRuns(options);
  await runs.resume();
  return runs;
}

/** A run that this process knows of. */
interface Known {
  summary: RunSummary;
  /** Null: it waits for a worker that holds its revision or its interpreter. */
  handle: RunHandle | null;
  readonly end: Promise<RunEnd>;
  readonly conclude: (end: RunEnd) => void;
}

/** How many ended runs are remembered, unless the owner says otherwise. */
const REMEMBERED = 1_000;

class LocalRuns implements RuntimeClient {
  readonly #options: LocalRunsOptions;
  /** In the order in which they were started or taken up again. */
  readonly #known = new Map<string, Known>();
  #ended = 0;

  constructor(options: LocalRunsOptions) {
    this.#options = options;
  }

  async resume(): Promise<void> {
    const { journal } = this.#options;
    for (const record of (await journal?.unfinished()) ?? []) {
      const { runId, flow, revision, startedAt } = record;
      const known = this.#add({ runId, flow, revision, startedAt, status: 'waiting' });
      const deck = await this.#options.decks.get(revision);
      if (deck && record.interpreter === journal?.interpreter) this.#live(known, deck, optionsOf(record), startedAt);
    }
  }

  async start(given: RunStart): Promise<void> {
    const run = readStart(given);
    const { runId, revision, flow } = run;
    if (await this.#has(runId)) return;
    const deck = await this.#options.decks.get(revision);
    if (deck === null || deck === undefined) throw revisionMissing(revision);
    const startedAt = (this.#options.clock ?? systemClock()).now();
    const known = this.#add({ runId, flow: flow ?? null, revision, startedAt, status: 'running' });
    this.#live(known, deck, optionsOf(run), startedAt);
    // Whoever is told that it runs may rely on it.
    await Promise.race([this.#options.journal?.begun(runId), known.end]);
  }

  async end(runId: string): Promise<RunEnd> {
    const known = this.#known.get(runId);
    if (known !== undefined) return known.end;
    const outcome = await this.#options.journal?.result(runId);
    if (outcome === null || outcome === undefined) throw runUnknown(runId);
    return { ...outcome, outputs: encodeValue(outcome.outputs) };
  }

  async list(limit: number): Promise<readonly RunSummary[]> {
    const all = [...this.#known.values()].map(({ summary }) => summary);
    return all.reverse().slice(0, limit);
  }

  async show(runId: string): Promise<RunSummary | null> {
    const known = this.#known.get(runId);
    if (known !== undefined) return known.summary;
    const outcome = await this.#options.journal?.result(runId);
    if (outcome === null || outcome === undefined) return null;
    return { runId, flow: null, revision: null, startedAt: null, status: statusOf(outcome.status) };
  }

  async cancel(runId: string): Promise<void> {
    const known = this.#known.get(runId);
    if (known === undefined) {
      if ((await this.show(runId)) === null) throw runUnknown(runId);
      return;
    }
    if (known.handle === null && known.summary.status === 'waiting') await this.#cancelWaiting(known);
    known.handle?.cancel();
  }

  async signal(executionId: string, name: string, value: JsonData): Promise<void> {
    const [runId = ''] = executionId.split('/', 1);
    const sent = signalToSend(runId, name, value);
    const known = this.#known.get(runId);
    if (known === undefined) throw (await this.show(runId)) === null ? runUnknown(runId) : runOver(runId);
    const { journal } = this.#options;
    // Resolves when the journal has taken it: it arrives, whatever becomes of this process.
    if (known.handle !== null) await known.handle.signal(name, decodeValue(sent));
    else if (known.summary.status === 'waiting') await journal?.signal(runId, name, sent);
    else throw runOver(runId);
  }

  /** Nothing is held beside the runs. */
  async close(): Promise<void> {}

  async #has(runId: string): Promise<boolean> {
    return this.#known.has(runId) || (await this.show(runId)) !== null;
  }

  #add(summary: RunSummary): Known {
    let conclude: (end: RunEnd) => void = () => {};
    const end = new Promise<RunEnd>((resolve) => {
      conclude = resolve;
    });
    const known: Known = { summary, handle: null, end, conclude };
    this.#known.set(summary.runId, known);
    return known;
  }

  #live(known: Known, deck: Deck, run: RunOptions, startedAt: number): void {
    try {
      known.handle = this.#options.engine.start(deck, { ...run, startedAt });
    } catch (error) {
      this.#conclude(known, neverBegun(error));
      return;
    }
    known.summary = { ...known.summary, status: 'running' };
    known.handle.result.then(
      (result) => this.#conclude(known, runEndOf(result)),
      (error: unknown) => this.#givenUp(known, error),
    );
  }

  /** The engine refused the run, or the journal keeps it for another process. */
  async #givenUp(known: Known, error: unknown): Promise<void> {
    known.handle = null;
    const { journal } = this.#options;
    const left = (await journal?.unfinished().catch(() => null)) ?? [];
    if (left.some(({ runId }) => runId === known.summary.runId))
      known.summary = { ...known.summary, status: 'waiting' };
    else this.#conclude(known, neverBegun(error));
  }

  async #cancelWaiting(known: Known): Promise<void> {
    const { journal } = this.#options;
    const { runId } = known.summary;
    const record = (await journal?.unfinished())?.find((left) => left.runId === runId);
    if (journal === undefined || record === undefined) return;
    await journal.open(record, { signal: new AbortController().signal });
    const end: RunEnd = { status: 'cancelled', outputs: null, error: { code: 'cancelled', message: 'Cancelled.' } };
    await journal.close(runId, end);
    this.#conclude(known, end);
  }

  #conclude(known: Known, end: RunEnd): void {
    known.summary = { ...known.summary, status: statusOf(end.status) };
    known.handle = null;
    known.conclude(end);
    this.#ended++;
    for (const [runId, { handle, summary }] of this.#known) {
      if (this.#ended <= (this.#options.remembered ?? REMEMBERED)) break;
      if (handle !== null || summary.status === 'waiting') continue;
      this.#known.delete(runId);
      this.#ended--;
    }
  }
}

/** What the engine is told; it checks the values and the limits. */
function optionsOf(run: RunStart | RunRecord): RunOptions {
  const { runId, flow, inputs, options, connection, metadata, limits } = run;
  return {
    runId,
    ...(flow === undefined ? {} : { flow }),
    ...(inputs === undefined ? {} : { inputs }),
    ...(options === undefined ? {} : { options }),
    ...(connection === undefined ? {} : { connection }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(limits === undefined ? {} : { limits }),
  };
}

/** The status of an end as a summary has it. */
export function statusOf(status: string): RunSummary['status'] {
  return status === 'success' || status === 'stopped' || status === 'cancelled' ? status : 'error';
}

/** The end of a run that never began. */
function neverBegun(error: unknown): RunEnd {
  const code = error instanceof FlowdeckError ? error.code : 'card-failed';
  const message = error instanceof Error ? error.message : String(error);
  return { status: 'error', outputs: null, error: { code, message } };
}

function revisionMissing(revision: string): FlowdeckError {
  return new FlowdeckError('revision-missing', `This worker does not have revision ${revision}.`, {
    hint: 'Start a worker that holds that deck, or start the run with the revision that this one has.',
  });
}
