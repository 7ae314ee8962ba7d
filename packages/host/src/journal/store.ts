/** The journal as a runtime: which runs are open, and what is recorded of the others. */
import { type Clock, FlowdeckError, type JsonData, type RunEnd, RunError, type RunRecord } from '@flowdeck/engine';
import { decodeValue } from '@flowdeck/engine/kit';
import type { Lock } from '../log/lock.js';
import type { Log } from '../log/log.js';
import { beginOf, refuseOther } from './begin.js';
import type { Catalogue } from './catalogue.js';
import type { Cleaner } from './cleaner.js';
import type { Entry, SentEntry } from './entry.js';
import { journalClosed, runEnded, runOpen, runUnknown, writeFailed } from './errors.js';
import { emptyHistory, fold, type History, recordOf } from './history.js';
import { RunWatch } from './rest.js';
import type { Rooms } from './rooms.js';
import { JournaledRun } from './run.js';
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
  readonly #live = new Map<string, JournaledRun>();
  /** Signals that became durable while their run was being opened. */
  readonly #opening = new Map<string, SentEntry[]>();
  readonly #awaited = new Map<string, (() => void)[]>();
  readonly #rest = new RunWatch();
  readonly #kept = new RunWatch();
  #lastSignal: number;
  #closed: Promise<void> | null = null;

  constructor(parts: StoreParts) {
    this.#parts = parts;
    this.#lastSignal = parts.lastSignal;
  }

  get interpreter(): string {
    return this.#parts.interpreter;
  }

  async open(record: RunRecord, world: { readonly signal: AbortSignal }): Promise<JournaledRun> {
    const { runId } = record;
    const { catalogue, clock } = this.#parts;
    this.#refuseWhenClosed(runId);
    if (this.#live.has(runId) || this.#opening.has(runId)) throw runOpen(runId);
    const state = catalogue.state(runId);
    if (state === 'ended') throw runEnded(runId);
    const arrived: SentEntry[] = [];
    this.#opening.set(runId, arrived);
    try {
      const history = state === 'unknown' ? await this.#begin(record) : await this.#resume(record);
      this.#refuseWhenClosed(runId);
      for (const tell of this.#awaited.get(runId) ?? []) tell();
      this.#awaited.delete(runId);
      for (const signal of arrived) fold(history, signal);
      const run = new JournaledRun(runId, history, {
        signal: world.signal,
        clock,
        append: (entry) => this.#append(entry),
        rested: () => this.#rest.tell(runId),
        annex: this.#parts.rooms.annex,
      });
      this.#live.set(runId, run);
      this.#kept.tell(runId);
      this.#letGo(run, runId, world.signal);
      return run;
    } finally {
      this.#opening.delete(runId);
    }
  }

  /** A life that was given up has no end: the run may be opened again. */
  #letGo(run: JournaledRun, runId: string, signal: AbortSignal): void {
    const onAbort = () => {
      const { reason } = signal;
      if (!(reason instanceof FlowdeckError && reason.code === 'given-up')) return;
      run.release();
      if (this.#live.get(runId) === run) this.#live.delete(runId);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  }

  async close(runId: string, end: RunEnd): Promise<void> {
    const run = this.#live.get(runId);
    // Not ours to end: opening it was refused, and what is recorded under this id belongs to another life of it.
    if (run === undefined) return;
    run.release();
    const abandoned = run.failure !== null;
    run.giveUp(runEnded(runId));
    try {
      if (!abandoned) await this.#append({ k: 'end', run: runId, ...endOf(end), at: this.#parts.clock.now() });
    } finally {
      this.#live.delete(runId);
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
    this.#live.get(runId)?.deliver(entry);
    this.#opening.get(runId)?.push(entry);
    const history = this.#parts.histories.get(runId);
    if (history !== undefined) fold(history, entry);
  }

  async unfinished(): Promise<readonly RunRecord[]> {
    this.#refuseWhenClosed();
    const records: RunRecord[] = [];
    for (const run of this.#parts.catalogue.unfinished()) {
      if (this.#live.has(run) || this.#opening.has(run)) continue;
      const { begin } = this.#parts.histories.get(run) ?? (await this.#load(run));
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
    return this.#live.get(runId)?.isAtRest ?? false;
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
    for (const [runId, run] of this.#live) run.giveUp(journalClosed(runId));
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
    const history = histories.get(record.runId) ?? (await this.#load(record.runId));
    const { begin } = history;
    if (begin !== null) refuseOther(begin, record, this.#parts.interpreter);
    histories.delete(record.runId);
    return history;
  }

  /** Reads a run that was given up in this process from its segments. */
  async #load(run: string): Promise<History> {
    const { catalogue, log } = this.#parts;
    for (;;) {
      const segments = catalogue.segmentsOf(run);
      const history = emptyHistory();
      try {
        for (const segment of segments) {
          for (const { entry } of await log.read(segment)) {
            if (entry.k !== 'head' && entry.run === run) fold(history, entry);
          }
        }
        return history;
      } catch (error) {
        // Cleaning may have moved the entries on meanwhile; then they stand elsewhere now.
        if (segments.join() === catalogue.segmentsOf(run).join()) throw error;
      }
    }
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
