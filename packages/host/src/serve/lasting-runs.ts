/** Runs that outlive their host: found again when it starts, and left in order when it stops. */
import type { Clock, Deck, Engine, RunRecord } from '@flowdeck/engine';
import type { FileJournal } from '../journal/types.js';
import { reasonOf } from '../log/errors.js';
import type { DeckStore } from './decks.js';
import type { Runs } from './runs.js';
import type { ScheduledRuns } from './scheduled-runs.js';
import { isTrigger } from './trigger.js';

/** What a host needs, so that runs go on after it was stopped or killed. */
export interface Lasting {
  /** The runtime of the engine. Shut down by `stop`. */
  readonly journal: FileJournal;
  /** The decks of its runs. */
  readonly decks: DeckStore;
}

/** The host in which runs go on. */
interface Successor {
  readonly engine: Engine;
  /** Its deck now. */
  readonly deck: Deck;
  readonly runs: Runs;
  readonly scheduled: ScheduledRuns;
  readonly onWarning?: ((warning: { readonly code: 'run-stranded'; readonly message: string }) => void) | undefined;
}

/** Lets the runs go on that an earlier host left, each with the deck that it began with; lets go of decks that nobody needs. */
export async function goOn({ journal, decks }: Lasting, host: Successor): Promise<void> {
  const { engine, deck: current } = host;
  await decks.keep(current.revision, current.document);
  const loaded = new Map<string, Deck | string>([[current.revision, current]]);
  for (const record of await journal.unfinished()) {
    const deck = loaded.get(record.revision) ?? (await loadKept(decks, engine, record.revision));
    loaded.set(record.revision, deck);
    if (typeof deck === 'string') tell(host, record, deck);
    else letGoOn(record, deck, host);
  }
  await decks.keepOnly(new Set(loaded.keys()));
}

function letGoOn(record: RunRecord, deck: Deck, host: Successor): void {
  const { runId, flow, startedAt, inputs, options, metadata = {}, connection, limits } = record;
  const trigger = isTrigger(metadata['trigger']) ? metadata['trigger'] : 'hand';
  // Whoever keeps events begins their runs, under the same ids.
  if (trigger === 'event') return;
  const start = {
    flow,
    runId,
    startedAt,
    inputs: { ...inputs },
    options: { ...options },
    metadata,
    ...(connection === undefined ? {} : { connection }),
    ...(limits === undefined ? {} : { limits }),
  };
  const ended = host.runs.follow(host.engine.start(deck, start), {
    flow,
    trigger,
    startedAt,
    event: metadata['event'],
  });
  if (trigger === 'schedule') host.scheduled.goesOn(flow, ended);
  ended.catch((error: unknown) => {
    if (!isLeft(error)) tell(host, record, reasonOf(error));
  });
}

function tell({ onWarning }: Successor, { runId, flow }: RunRecord, reason: string): void {
  onWarning?.({ code: 'run-stranded', message: `Run ${runId} of flow "${flow}" cannot go on: ${reason}.` });
}

/** The deck, or why there is none. */
async function loadKept(decks: DeckStore, engine: Engine, revision: string): Promise<Deck | string> {
  const document = await decks.read(revision);
  if (document === null) return 'the deck that it began with is not kept';
  try {
    return engine.load(JSON.stringify(document));
  } catch (error) {
    return `the deck that it began with cannot be loaded any more: ${reasonOf(error)}`;
  }
}

/** A run under way. */
interface RunUnderWay {
  readonly runId: string;
  readonly result: Promise<unknown>;
}

/** A time that has begun. */
export interface Grace {
  readonly over: Promise<void>;
  cancel(): void;
}

export function graceOf(clock: Clock, ms: number): Grace {
  let cancel = () => {};
  const over = new Promise<void>((resolve) => {
    cancel = clock.after(ms, resolve);
  });
  return { over, cancel };
}

/** Resolves when no run is under way that the end of its host would cut off, and when the grace is over. */
export async function restOrEnd(runs: Runs, lasting: Lasting | undefined, { over, cancel }: Grace): Promise<void> {
  const rest = lasting === undefined ? runs.settled() : allAtRest(lasting.journal, () => runs.underWay());
  await Promise.race([rest, over]);
  cancel();
}

/** Resolves when every run has ended or does nothing but wait. */
async function allAtRest(journal: FileJournal, live: () => readonly RunUnderWay[]): Promise<void> {
  for (;;) {
    const busy = live().filter(({ runId }) => !journal.isAtRest(runId));
    if (busy.length === 0) return;
    await Promise.all(busy.map(({ runId, result }) => Promise.race([journal.nextRest(runId), result.catch(() => {})])));
  }
}

/** Whether a run was given up because its host was stopped: it goes on with the next one. */
export function isLeft(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'journal-closed';
}
