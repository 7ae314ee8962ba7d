/** The log of events: an event is durable before anybody is told that it was accepted, and accepted once. */
import { FlowdeckError, type JsonData } from '@flowdeck/engine';
import type { StoreErrors } from '../log/errors.js';
import { EventBook } from './book.js';
import { candidatesOf } from './candidates.js';
import { type EventEntry, keptOf, type WrittenEvent } from './entry.js';
import { eventsFull } from './errors.js';
import type { EventKeeper } from './keeper.js';
import { REMEMBER_MS } from './remembered.js';
import { carry, stateName } from './sweep.js';
import type { Acceptance, Beside, EventBounds, EventLog, EventsWarning, KeptEvent, NewEvent } from './types.js';
import { weightOf } from './weight.js';

const MIB = 1024 * 1024;
/** Void lines that are always put up with. */
const VOID_BYTES = 8 * MIB;

export interface EventLogParts {
  readonly bounds: EventBounds;
  readonly now: () => number;
  readonly errors: StoreErrors;
  readonly warn: (warning: EventsWarning) => void;
}

export class KeptEvents implements EventLog {
  readonly #parts: EventLogParts;
  readonly #book: EventBook;
  /** Writes under way by what they change: hashes of ids, keys of states, numbers of events that end. */
  readonly #writing = new Map<string | number, Promise<void>>();
  #keeper: EventKeeper | null = null;
  #release: () => void = () => {};
  #writingBytes = 0;
  #sweeping: Promise<void> | null = null;
  #broken: FlowdeckError | null = null;
  #hasWarned = false;

  constructor(parts: EventLogParts) {
    this.#parts = parts;
    this.#book = new EventBook(parts.bounds, (age) => this.#forgotten(age));
  }

  /** Hears of a line that was there before. */
  restore(entry: EventEntry): void {
    this.#book.apply(entry);
  }

  /** Hears of a line that is durable. All but acceptance has happened in memory before. */
  written(entry: EventEntry): void {
    if (entry.k === 'taken') this.#book.take(entry);
  }

  /** From here on lines are written. `release` is called at the end. */
  attach(keeper: EventKeeper, release: () => void): void {
    this.#keeper = keeper;
    this.#release = release;
  }

  async accept(events: readonly NewEvent[], beside: Beside = {}): Promise<readonly Acceptance[]> {
    const keeper = this.#usable();
    const candidates = candidatesOf(events, this.#book, this.#parts.now());
    const fresh = candidates.flatMap((each) => (each.kind === 'new' ? [each] : []));
    const repeats = candidates.flatMap((each) =>
      each.kind === 'repeated' ? (this.#writing.get(each.hash) ?? []) : [],
    );
    if (fresh.length > 0 || Object.keys(beside).length > 0) await this.#take(keeper, fresh, beside);
    // Whoever repeats what is still being written is answered when it is kept, and told if it could not be.
    await Promise.all(repeats);
    return candidates.map((each) =>
      each.kind === 'new' ? { kind: 'accepted', event: keptOf(each.written, each.hash) } : { kind: each.kind },
    );
  }

  state(key: string): JsonData | undefined {
    return this.#book.states.get(key);
  }

  stateKeys(): readonly string[] {
    return [...this.#book.states.keys()];
  }

  begin(number: number): Promise<void> {
    return this.#change({ k: 'begun', n: number });
  }

  end(number: number): Promise<void> {
    return this.#change({ k: 'ended', n: number });
  }

  async park(number: number, reason: string): Promise<void> {
    await this.#change({ k: 'parked', n: number, at: this.#parts.now(), reason });
    await this.#dropSurplus();
  }

  async replay(number: number): Promise<KeptEvent | null> {
    if ((this.#book.get(number)?.parked ?? null) === null) return null;
    await this.#change({ k: 'replayed', n: number });
    const booked = this.#book.get(number);
    return booked === undefined ? null : keptOf(booked.written);
  }

  async drop(number: number): Promise<boolean> {
    if ((this.#book.get(number)?.parked ?? null) === null) return false;
    await this.end(number);
    return true;
  }

  open(): ReturnType<EventLog['open']> {
    return this.#book.open();
  }

  parked(): ReturnType<EventLog['parked']> {
    return this.#book.parked();
  }

  get rememberMs(): number {
    return this.#parts.bounds.rememberMs ?? REMEMBER_MS;
  }

  get waitingBytes(): number {
    return this.#book.waitingBytes + this.#writingBytes;
  }

  get sound(): boolean {
    return this.#broken === null && this.#keeper !== null;
  }

  async close(): Promise<void> {
    const keeper = this.#keeper;
    if (keeper === null) return;
    this.#keeper = null;
    await this.#sweeping;
    await keeper.close().finally(() => this.#release());
  }

  async #take(
    keeper: EventKeeper,
    fresh: readonly { readonly hash: string; readonly written: WrittenEvent }[],
    beside: Beside,
  ): Promise<void> {
    const bytes = fresh.reduce((sum, { written }) => sum + weightOf(written.data), 0);
    const most = this.#parts.bounds.maxWaitingBytes ?? 64 * MIB;
    if (bytes > 0 && this.waitingBytes + bytes > most) throw eventsFull(most);
    // Known at once: a repeat may come before the write has ended.
    for (const { hash, written } of fresh) this.#book.ids.add(hash, { at: written.at, digest: written.digest });
    const changed = [
      ...fresh.map(({ hash }) => hash),
      ...(beside.endOf === undefined ? [] : [beside.endOf]),
      ...(beside.state === undefined ? [] : [stateName(beside.state.key)]),
    ];
    this.#writingBytes += bytes;
    const written = this.#append(keeper, { k: 'taken', events: fresh.map((each) => each.written), ...beside });
    for (const name of changed) this.#writing.set(name, written);
    try {
      await written;
    } catch (error) {
      for (const { hash } of fresh) this.#book.ids.delete(hash);
      throw error;
    } finally {
      this.#writingBytes -= bytes;
      for (const name of changed) if (this.#writing.get(name) === written) this.#writing.delete(name);
    }
    this.#sweepIfDue(keeper);
  }

  async #change(entry: EventEntry): Promise<void> {
    const keeper = this.#usable();
    this.#book.apply(entry);
    await this.#append(keeper, entry);
    this.#sweepIfDue(keeper);
  }

  async #append(keeper: EventKeeper, entry: EventEntry): Promise<void> {
    try {
      await keeper.append(entry);
    } catch (error) {
      // The log refuses for good after a failed flush; a full disk may have room again.
      if (error instanceof FlowdeckError) this.#broken ??= error;
      throw error instanceof FlowdeckError ? error : this.#parts.errors.diskFailed(error);
    }
  }

  #usable(): EventKeeper {
    if (this.#broken !== null) throw this.#broken;
    if (this.#keeper === null) throw this.#parts.errors.closed();
    return this.#keeper;
  }

  /** The oldest go first. */
  async #dropSurplus(): Promise<void> {
    const { maxParked = 10_000, maxParkedBytes = 64 * MIB } = this.#parts.bounds;
    while (this.#book.parkedCount > maxParked || this.#book.parkedBytes > maxParkedBytes) {
      const [oldest] = this.#book.parked();
      if (oldest === undefined) return;
      const message = `Event ${oldest.number} of flow "${oldest.flow}" was dropped: more is parked than is kept.`;
      this.#parts.warn({ code: 'events-dropped', message });
      await this.end(oldest.number);
    }
  }

  /** All that is to be kept is written anew, and what was written before is removed. */
  async rewrite(): Promise<void> {
    const keeper = this.#usable();
    await keeper.sweep(() => carry(this.#book, this.#writing, (entry) => keeper.append(entry)));
  }

  #sweepIfDue(keeper: EventKeeper): void {
    if (this.#sweeping !== null || keeper.bytes < 2 * this.#book.bytes + VOID_BYTES) return;
    this.#sweeping = this.rewrite()
      // The log is whole: it holds more than it needs, and is swept after a later line.
      .catch(() => {})
      .finally(() => {
        this.#sweeping = null;
      });
  }

  #forgotten(ageMs: number): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    const message =
      `Ids of events are forgotten after ${Math.round(ageMs / 1000)} seconds, for there are too many: ` +
      'a later repetition is run again. Raise maxRemembered.';
    this.#parts.warn({ code: 'events-forgotten', message });
  }
}
