/** Events that wait for their turn: in lanes by flow and key, of which each has one under way, and the rest all together. */
import type { Paces } from './pace.js';
import type { KeptEvent } from './types.js';

/** An event whose turn it is. */
export interface Lane {
  readonly event: KeptEvent;
  /** Null: it is in nobody's way. */
  readonly name: string | null;
}

export class Lanes {
  readonly #most: number;
  readonly #paces: Paces;
  /** Whose pace keeps them, and what would be next without it, the first one first. */
  readonly #held = new Map<string, Lane[]>();
  /** Events whose turn has come, the first one first. */
  #ready: Lane[] = [];
  /** What waits for the event before of the same lane. A lane is here while it is under way or ready. */
  readonly #waiting = new Map<string, KeptEvent[]>();
  readonly #running = new Set<number>();
  /** Where `#ready` begins: taking from the front of a long array costs as much as it is long. */
  #front = 0;

  constructor(most: number, paces: Paces) {
    this.#most = most;
    this.#paces = paces;
  }

  add(event: KeptEvent): void {
    const name = event.key === null ? null : JSON.stringify([event.flow, event.key]);
    const waiting = name === null ? undefined : this.#waiting.get(name);
    if (waiting !== undefined) {
      waiting.push(event);
      return;
    }
    if (name !== null) this.#waiting.set(name, []);
    this.#ready.push({ event, name });
  }

  /** The next one, unless as many as may be are under way, or all that waits has to go slower. */
  take(): Lane | null {
    if (this.#running.size >= this.#most) return null;
    for (let lane = this.#next(); lane !== null; lane = this.#next()) {
      const holder = this.#paces.heldBy(lane.event);
      if (holder === null) {
        this.#running.add(lane.event.number);
        this.#paces.begin(lane.event);
        return lane;
      }
      const held = this.#held.get(holder);
      if (held === undefined) this.#held.set(holder, [lane]);
      else held.push(lane);
    }
    return null;
  }

  /** Milliseconds until one may be taken, where nothing but time has to pass; null: something has to end, or come. */
  get wait(): number | null {
    return this.#running.size >= this.#most ? null : this.#paces.wait(this.#held.keys());
  }

  /** Of those that were held and may go on, else of those that have just come. */
  #next(): Lane | null {
    for (const [holder, held] of this.#held) {
      if (!this.#paces.hasRoom(holder)) continue;
      const lane = held.shift();
      if (held.length === 0) this.#held.delete(holder);
      if (lane !== undefined) return lane;
    }
    const lane = this.#ready[this.#front];
    if (lane === undefined) return null;
    this.#front += 1;
    if (this.#front > 1_000 && this.#front * 2 > this.#ready.length) {
      this.#ready = this.#ready.slice(this.#front);
      this.#front = 0;
    }
    return lane;
  }

  /** It is over: the next one of its lane is ready. */
  release({ event, name }: Lane): void {
    this.#running.delete(event.number);
    this.#paces.end(event);
    if (name === null) return;
    const next = this.#waiting.get(name)?.shift();
    if (next === undefined) this.#waiting.delete(name);
    else this.#ready.push({ event: next, name });
  }

  /** Numbers of all that are here. */
  numbers(): ReadonlySet<number> {
    const held = [...this.#held.values()].flat();
    const ready = [...held, ...this.#ready.slice(this.#front)].map(({ event }) => event.number);
    const waiting = [...this.#waiting.values()].flat().map(({ number }) => number);
    return new Set([...ready, ...waiting, ...this.#running]);
  }
}
