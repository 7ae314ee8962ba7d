/** What a log of events says, in memory: which events wait, which are parked, which ids were seen, and states. */
import type { JsonData } from '@flowdeck/engine';
import { type EventEntry, keptOf, type TakenEntry, type WrittenEvent } from './entry.js';
import { hashOf, REMEMBER_MS, RememberedIds } from './remembered.js';
import type { EventBounds, KeptEvent, ParkedEvent } from './types.js';
import { weightOf } from './weight.js';

/** Where an event stands. */
export interface BookedEvent {
  readonly written: WrittenEvent;
  readonly bytes: number;
  readonly begun: boolean;
  /** Null: it waits for the end of its run. */
  readonly parked: { readonly at: number; readonly reason: string } | null;
}

/** In the log, and about as much in memory. */
const ID_BYTES = 100;

export class EventBook {
  readonly ids: RememberedIds;
  readonly states = new Map<string, JsonData>();
  readonly #events = new Map<number, BookedEvent>();
  /** Numbers of parked events, in the order in which they were parked. */
  readonly #parked = new Set<number>();
  #last = 0;
  #waitingBytes = 0;
  #parkedBytes = 0;

  constructor(bounds: EventBounds, forgotten: (ageMs: number) => void) {
    this.ids = new RememberedIds(bounds.maxRemembered ?? 500_000, bounds.rememberMs ?? REMEMBER_MS, forgotten);
  }

  get last(): number {
    return this.#last;
  }

  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  get parkedBytes(): number {
    return this.#parkedBytes;
  }

  get parkedCount(): number {
    return this.#parked.size;
  }

  /** About what a log would take that says nothing but this. */
  get bytes(): number {
    return this.#waitingBytes + this.#parkedBytes + this.ids.size * ID_BYTES;
  }

  get(n: number): BookedEvent | undefined {
    return this.#events.get(n);
  }

  /** A number that no event has had. */
  next(): number {
    this.#last += 1;
    return this.#last;
  }

  /** Copies what is there now: what is asked for meanwhile changes nothing in it. */
  numbers(): readonly number[] {
    return [...this.#events.keys()];
  }

  open(): readonly { readonly event: KeptEvent; readonly begun: boolean }[] {
    return [...this.#events.values()]
      .filter(({ parked }) => parked === null)
      .map(({ written, begun }) => ({ event: keptOf(written), begun }))
      .sort((a, b) => a.event.number - b.event.number);
  }

  parked(): readonly ParkedEvent[] {
    return [...this.#parked].flatMap((n) => {
      const booked = this.#events.get(n);
      if (booked === undefined || booked.parked === null) return [];
      const { at, reason } = booked.parked;
      return [{ ...keptOf(booked.written), parkedAt: at, reason }];
    });
  }

  /** Events have been accepted, whose ids and numbers are known already. */
  take({ events, endOf, state }: TakenEntry): void {
    for (const written of events) this.#put(written, false, null);
    if (endOf !== undefined) this.#remove(endOf);
    if (state !== undefined) this.#setState(state.key, state.value);
  }

  apply(entry: EventEntry): void {
    switch (entry.k) {
      case 'taken':
        for (const written of entry.events) this.#remember(written);
        this.take(entry);
        return;
      case 'begun':
        this.#change(entry.n, { begun: true });
        return;
      case 'ended':
        this.#remove(entry.n);
        return;
      case 'parked':
        this.#change(entry.n, { parked: { at: entry.at, reason: entry.reason } });
        return;
      case 'replayed':
        this.#replay(entry.n);
        return;
      case 'carried':
        this.#put(entry.event, entry.begun, entry.parked);
        this.#remember(entry.event);
        return;
      case 'ids':
        for (const [hash, at, digest] of entry.ids) this.ids.add(hash, { at, digest });
        this.#last = Math.max(this.#last, entry.last);
        return;
    }
  }

  #remember({ n, flow, id, at, digest }: WrittenEvent): void {
    this.#last = Math.max(this.#last, n);
    this.ids.add(hashOf(flow, id), { at, digest });
  }

  #replay(n: number): void {
    const booked = this.#events.get(n);
    if (booked === undefined) return;
    this.#put({ ...booked.written, replays: booked.written.replays + 1 }, false, null);
  }

  #setState(key: string, value: JsonData): void {
    if (value === null) this.states.delete(key);
    else this.states.set(key, value);
  }

  #change(n: number, changes: Partial<Pick<BookedEvent, 'begun' | 'parked'>>): void {
    const booked = this.#events.get(n);
    if (booked === undefined) return;
    const { written, begun, parked } = { ...booked, ...changes };
    this.#put(written, begun, parked);
  }

  #put(written: WrittenEvent, begun: boolean, parked: BookedEvent['parked']): void {
    const before = this.#remove(written.n);
    const bytes = before?.bytes ?? weightOf(written.data);
    this.#events.set(written.n, { written, bytes, begun, parked });
    if (parked === null) {
      this.#waitingBytes += bytes;
      return;
    }
    this.#parkedBytes += bytes;
    this.#parked.add(written.n);
  }

  #remove(n: number): BookedEvent | undefined {
    const booked = this.#events.get(n);
    if (booked === undefined) return undefined;
    this.#events.delete(n);
    if (booked.parked === null) this.#waitingBytes -= booked.bytes;
    else this.#parkedBytes -= booked.bytes;
    this.#parked.delete(n);
    return booked;
  }
}
