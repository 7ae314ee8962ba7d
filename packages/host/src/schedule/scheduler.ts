/** Calls flows at the moments of their schedules. */
import type { Clock, Schedule } from '@flowdeck/engine';
import { type Due, dueMoments } from './due.js';
import { LONGEST_NAP_MS, MomentHeap } from './moment-heap.js';
import { momentAfter } from './moments.js';

interface Planned {
  readonly schedule: Schedule;
  /** Moments up to this one are done with. */
  since: number;
}

export class Scheduler {
  readonly #clock: Clock;
  readonly #fire: (key: string, due: Due) => void;
  readonly #planned = new Map<string, Planned>();
  readonly #heap = new MomentHeap();
  #cancel: (() => void) | null = null;
  #wakesAt = Number.POSITIVE_INFINITY;
  #running = false;

  /** `fire` is called in the order of moments, and must not throw. */
  constructor(clock: Clock, fire: (key: string, due: Due) => void) {
    this.#clock = clock;
    this.#fire = fire;
  }

  /** Watches a schedule from `since` on, in milliseconds since 1970: earlier moments are done with. */
  add(key: string, schedule: Schedule, since: number): void {
    this.#planned.set(key, { schedule, since });
    this.#plan(key);
    this.#arm();
  }

  remove(key: string): void {
    this.#planned.delete(key);
    this.#heap.delete(key);
  }

  /** The next moment of a key; null when it has none. */
  next(key: string): number | null {
    const planned = this.#planned.get(key);
    return planned === undefined ? null : momentAfter(planned.schedule, Math.max(planned.since, this.#clock.now()));
  }

  start(): void {
    this.#running = true;
    this.#tick();
  }

  stop(): void {
    this.#running = false;
    this.#disarm();
  }

  #plan(key: string): void {
    const planned = this.#planned.get(key);
    if (planned === undefined) return;
    const next = momentAfter(planned.schedule, planned.since);
    if (next !== null) this.#heap.set(key, next);
  }

  #tick(): void {
    this.#disarm();
    const now = this.#clock.now();
    for (let key = this.#heap.take(now); key !== null; key = this.#heap.take(now)) {
      const planned = this.#planned.get(key);
      if (planned === undefined) continue;
      const due = dueMoments(planned.schedule, planned.since, now);
      planned.since = due?.until ?? now;
      if (due !== null) this.#fire(key, due);
      this.#plan(key);
    }
    this.#arm();
  }

  /** Wakes for the first moment, or after the longest nap. Nothing to wait for, no timer: a process may end. */
  #arm(): void {
    const { first } = this.#heap;
    if (!this.#running || first === null) return;
    const now = this.#clock.now();
    const wakesAt = Math.min(first, now + LONGEST_NAP_MS);
    if (this.#cancel !== null && wakesAt >= this.#wakesAt) return;
    this.#disarm();
    this.#wakesAt = wakesAt;
    this.#cancel = this.#clock.after(Math.max(0, wakesAt - now), () => {
      this.#cancel = null;
      this.#tick();
    });
  }

  #disarm(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#wakesAt = Number.POSITIVE_INFINITY;
  }
}
