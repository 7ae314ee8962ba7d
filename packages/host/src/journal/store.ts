/** The journal as a runtime: which runs are open, and what is recorded of the others. */
import {
  type Clock,
  FlowdeckError,
  type JsonData,
  type RunEnd,
  RunError,
  type RunLife,
  type RunRecord,
} from '@flowdeck/engine';
import { decodeValue } from '@flowdeck/engine/kit';
import type { Lock } from '../log/lock.js';
import type { Log } from '../log/log.js';
import { beginOf, refuseOther } from './begin.js';
import type { Catalogue } from './catalogue.js';
import type { Cleaner } from './cleaner.js';
import type { Entry, SentEntry } from './entry.js';
import { journalClosed, runEnded, runOpen, runUnknown, writeFailed } from './errors.js';
import { emptyHistory, fold, type History, recordOf } from './history.js';
import { Loader } from './load.js';
import { RunWatch } from './rest.js';
import type { Rooms } from './rooms.js';
import { JournaledRun } from './run.js';
import { Sleepers } from './sleepers.js';
import type { FileJournal, JournalWarning, RunOutcome } from './types.js';

export interface StoreParts {
  readonly interpreter: string;
  readonly clock: Clock;
  readonly warn: (warning: JournalWarning) => void;
  readonly lock: Lock;
  readonly log: Log<Entry>;
  readonly catalogue: Catalogue;
  readonly cleaner: Cleaner;
  readonly rooms: Rooms;
  /** What was read of unfinished runs; an entry goes when its run is opened. */
  readonly histories: Map<string, History>;
  /** The highest number of a recorded signal. */
  readonly lastSignal: number;
}

export class JournalStore implements FileJournal {
  readonly transient = false;
  readonly #parts: StoreParts;
  readonly #runs = new Map<string, JournaledRun>();
  /** Signals that became durable while their run was being opened. */
  readonly #opening = new Map<string, SentEntry[]>();
  readonly #awaited = new Map<string, (() => void)[]>();
  readonly #rest = new RunWatch();
  readonly #kept = new RunWatch();
  readonly #loader: Loader;
  readonly #sleepers: Sleepers;
  #lastSignal: number;
  #closed: Promise<void> | null = null;

  constructor(parts: StoreParts) {
    this.#parts = parts;
    this.#lastSignal = parts.lastSignal;
    this.#loader = new Loader(parts.log, parts.catalogue);
    this.#sleepers = new Sleepers({ clock: parts.clock, reopen: (runId, life) => this.#reopen(runId, life) });
  }

  get interpreter(): string {
    return this.#parts.interpreter;
  }

  async open(record: RunRecord, life: RunLife): Promise<JournaledRun> {
    const { runId } = record;
    this.#refuseWhenClosed(runId);
    if (this.#isInProgress(runId)) throw runOpen(runId);
    const state = this.#parts.catalogue.state(runId);
    if (state === 'ended') throw runEnded(runId);
    return this.#live(runId, life, () => (state === 'unknown' ? this.#begin(record) : this.#resume(record)));
  }

  /** The next life of a run whose life was given up because it did nothing but wait. */
  #reopen(runId: string, life: RunLife): Promise<JournaledRun> {
    this.#sleepers.woken(runId);
    return this.#live(runId, life, () => this.#loader.load(runId));
  }

  async #live(runId: string, life: RunLife, historyOf: () => Promise<History>): Promise<JournaledRun> {
    const arrived: SentEntry[] = [];
    this.#opening.set(runId, arrived);
    try {
      const history = await historyOf();
      this.#refuseWhenClosed(runId);
      for (const tell of this.#awaited.get(runId) ?? []) tell();
      this.#awaited.delete(runId);
      for (const signal of arrived) fold(history, signal);
      const run = new JournaledRun(runId, history, {
        signal: life.signal,
        clock: this.#parts.clock,
        append: (entry) => this.#append(entry),
        rested: () => {
          this.#rest.tell(runId);
          this.#sleepers.rested(runId);
        },
        annex: this.#parts.rooms.annex,
      });
      this.#runs.set(runId, run);
      this.#sleepers.watch(runId, run, life);
      this.#kept.tell(runId);
      this.#letGo(run, runId, life.signal);
      return run;
    } finally {
      this.#opening.delete(runId);
    }
  }

  #isInProgress(runId: string): boolean {
    return this.#runs.has(runId) || this.#opening.has(runId) || this.#sleepers.has(runId);
  }

  /** A life that was given up has no end: the run may be opened again. */
  #letGo(run: JournaledRun, runId: string, signal: AbortSignal): void {
    const onAbort = () => {
      const { reason } = signal;
      if (!(reason instanceof FlowdeckError && reason.code === 'given-up')) return;
      run.release();
      if (this.#runs.get(runId) === run) this.#remove(runId);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  }

  #remove(runId: string): void {
    this.#runs.delete(runId);
    this.#sleepers.forget(runId);
  }

  async close(runId: string, end: RunEnd): Promise<void> {
    const run = this.#runs.get(runId);
    // Not ours to end: opening it was refused, and what is recorded under this id belongs to another life of it.
    if (run === undefined) return;
    run.release();
    const abandoned = run.failure !== null;
    run.giveUp(runEnded(runId));
    try {
      if (!abandoned) await this.#append({ k: 'end', run: runId, ...endOf(end), at: this.#parts.clock.now() });
    } finally {
      this.#remove(runId);
    }
    void this.#parts.cleaner.sweep();
    await this.#parts.rooms.leave(runId);
  }

  async signal(runId: string, name: string, value: JsonData): Promise<void> {
    this.#refuseWhenClosed(runId);
    const state = this.#parts.catalogue.state(runId);
    if (state === 'ended') throw runEnded(runId);
    if (state === 'unknown' && !this.#opening.has(runId)) throw runUnknown(runId);
    this.#lastSignal += 1;
    const entry: SentEntry = { k: 'sent', run: runId, n: this.#lastSignal, name, value };
    await this.#append(entry);
    this.#runs.get(runId)?.deliver(entry);
    this.#opening.get(runId)?.push(entry);
    const history = this.#parts.histories.get(runId);
    if (history !== undefined) fold(history, entry);
    this.#sleepers.wake(runId);
  }

  async unfinished(): Promise<readonly RunRecord[]> {
    this.#refuseWhenClosed();
    const records: RunRecord[] = [];
    for (const run of this.#parts.catalogue.unfinished()) {
      if (this.#isInProgress(run)) continue;
      const { begin } = this.#parts.histories.get(run) ?? (await this.#loader.load(run));
      if (begin !== null) records.push(recordOf(begin));
    }
    return records.sort((a, b) => a.startedAt - b.startedAt);
  }

  begun(runId: string): Promise<void> {
    if (this.#parts.catalogue.state(runId) !== 'unknown') return Promise.resolve();
    return new Promise((resolve) => {
      this.#awaited.set(runId, [...(this.#awaited.get(runId) ?? []), resolve]);
    });
  }

  async result(runId: string): Promise<RunOutcome | null> {
    this.#refuseWhenClosed(runId);
    const location = this.#parts.catalogue.endOf(runId);
    if (location === null) return null;
    const entry = await this.#parts.log.readAt(location);
    if (entry?.k !== 'end') return null;
    const { status, outputs, error, at = null } = entry;
    return { status, outputs: decodeValue(outputs), error, endedAt: at };
  }

  isAtRest(runId: string): boolean {
    return this.#sleepers.has(runId) || (this.#runs.get(runId)?.isAtRest ?? false);
  }

  nextRest(runId: string): Promise<void> {
    return this.#closed === null ? this.#rest.next(runId) : Promise.resolve();
  }

  kept(runId: string): Promise<void> {
    const isKept = this.#closed !== null || this.#parts.catalogue.state(runId) !== 'unknown';
    return isKept ? Promise.resolve() : this.#kept.next(runId);
  }

  shutdown(): Promise<void> {
    this.#closed ??= this.#shutDown();
    return this.#closed;
  }

  async #shutDown(): Promise<void> {
    for (const [runId, run] of this.#runs) run.giveUp(journalClosed(runId));
    this.#sleepers.end(journalClosed);
    for (const watch of [this.#rest, this.#kept]) watch.end();
    await this.#parts.cleaner.stop();
    await this.#parts.log.close();
    this.#parts.lock.release();
  }

  async #begin(record: RunRecord): Promise<History> {
    await this.#append(beginOf(record, this.#parts.interpreter));
    return emptyHistory();
  }

  async #resume(record: RunRecord): Promise<History> {
    const { histories } = this.#parts;
    const history = histories.get(record.runId) ?? (await this.#loader.load(record.runId));
    const { begin } = history;
    if (begin !== null) refuseOther(begin, record, this.#parts.interpreter);
    histories.delete(record.runId);
    return history;
  }

  async #append(entry: Entry): Promise<void> {
    try {
      await this.#parts.log.append(entry);
    } catch (error) {
      throw error instanceof RunError ? error : writeFailed(entry.run, error);
    }
  }

  #refuseWhenClosed(runId?: string): void {
    if (this.#closed !== null) throw journalClosed(runId);
  }
}

/** What an entry tells of an end. */
function endOf({ status, outputs, error }: RunEnd): RunEnd {
  return { status, outputs, error };
}
