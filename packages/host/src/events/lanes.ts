/** Events that wait for their turn: in lanes by flow and key, of which each has one under way, and the rest all together. */
import type { KeptEvent } from './types.js';

/** An event whose turn it is. */
export interface Lane {
  readonly event: KeptEvent;
  /** Null: it is in nobody's way. */
  readonly name: string | null;
}

export class Lanes {
  readonly #most: number;
  /** Events whose turn has come, the first one first. */
  #ready: Lane[] = [];
  /** What waits for the event before of the same lane. A lane is here while it is under way or ready. */
  readonly #waiting = new Map<string, KeptEvent[]>();
  readonly #running = new Set<number>();
  /** Where `#ready` begins: taking from the front of a long array costs as much as it is long. */
  #front = 0;

  constructor(most: number) {
    this.#most = most;
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

  /** The next one, unless as many as may be are under way. */
  take(): Lane | null {
    const lane = this.#ready[this.#front];
    if (lane === undefined || this.#running.size >= this.#most) return null;
    this.#front += 1;
    if (this.#front > 1_000 && this.#front * 2 > this.#ready.length) {
      this.#ready = this.#ready.slice(this.#front);
      this.#front = 0;
    }
    this.#running.add(lane.event.number);
    return lane;
  }

  /** It is over: the next one of its lane is ready. */
  release({ event, name }: Lane): void {
    this.#running.delete(event.number);
    if (name === null) return;
    const next = this.#waiting.get(name)?.shift();
    if (next === undefined) this.#waiting.delete(name);
    else this.#ready.push({ event: next, name });
  }

  /** Numbers of all that are here. */
  numbers(): ReadonlySet<number> {
    const ready = this.#ready.slice(this.#front).map(({ event }) => event.number);
    const waiting = [...this.#waiting.values()].flat().map(({ number }) => number);
    return new Set([...ready, ...waiting, ...this.#running]);
  }
}
