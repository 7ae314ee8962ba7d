/** Runs that wait long: the journal gives up their lives, and wakes them when their moment or a signal comes. */
import type { Clock, RunLife, RunRuntime, SuspendedRun } from '@flowdeck/engine';
import type { JournaledRun } from './run.js';

/** Milliseconds for which a run does nothing but wait before its life is given up. */
const QUIET_MS = 1_000;
/** A wait that is over sooner costs less than a replay. */
const LONG_MS = 10_000;
/** Lives that are given up in one turn of the event loop. */
const PER_TURN = 100;

export interface SleepersWorld {
  readonly clock: Clock;
  /** Opens a run for its next life. */
  readonly reopen: (runId: string, life: RunLife) => Promise<RunRuntime>;
}

/** A run in progress that may be suspended. */
interface RestingRun {
  readonly run: JournaledRun;
  readonly suspend: NonNullable<RunLife['suspend']>;
  /** Since when it has done nothing but wait, by the monotonic clock; null: it does something. */
  since: number | null;
}

interface Sleeper {
  readonly suspended: SuspendedRun;
  /** Takes the alarm back. */
  readonly stop: (() => void) | null;
}

export class Sleepers {
  readonly #world: SleepersWorld;
  readonly #candidates = new Map<string, RestingRun>();
  readonly #sleepers = new Map<string, Sleeper>();
  #stop: (() => void) | null = null;

  constructor(world: SleepersWorld) {
    this.#world = world;
  }

  has(runId: string): boolean {
    return this.#sleepers.has(runId);
  }

  /** A life has begun. */
  watch(runId: string, run: JournaledRun, { suspend }: RunLife): void {
    if (suspend !== undefined) this.#candidates.set(runId, { run, suspend, since: null });
  }

  /** A life is over. */
  forget(runId: string): void {
    this.#candidates.delete(runId);
  }

  /** A run has come to do nothing but wait. */
  rested(runId: string): void {
    const candidate = this.#candidates.get(runId);
    if (candidate === undefined) return;
    candidate.since = this.#world.clock.elapsed();
    this.#arm(QUIET_MS);
  }

  /** Has a run live again. Nothing for one that lives. */
  wake(runId: string): void {
    this.#take(runId)?.suspended.wake();
  }

  /** The run lives again, whoever woke it. */
  woken(runId: string): void {
    this.#take(runId);
  }

  /** Leaves all of them to another process. */
  end(reasonOf: (runId: string) => unknown): void {
    this.#stop?.();
    this.#candidates.clear();
    for (const runId of [...this.#sleepers.keys()]) this.#take(runId)?.suspended.abandon(reasonOf(runId));
  }

  #arm(ms: number): void {
    this.#stop ??= this.#world.clock.after(ms, () => this.#look());
  }

  #look(): void {
    this.#stop = null;
    const now = this.#world.clock.elapsed();
    let given = 0;
    let isWaiting = false;
    for (const [runId, candidate] of this.#candidates) {
      const { run, since } = candidate;
      if (since === null) continue;
      if (!run.isAtRest || !this.#isLong(run)) candidate.since = null;
      else if (now - since < QUIET_MS) isWaiting = true;
      else if (given === PER_TURN) {
        this.#arm(0);
        return;
      } else if (this.#suspend(runId, candidate)) given++;
      // Something beside the waits is under way, which the journal does not see.
      else isWaiting = true;
    }
    if (isWaiting) this.#arm(QUIET_MS);
  }

  #isLong({ nextMoment }: JournaledRun): boolean {
    return nextMoment - this.#world.clock.now() > LONG_MS;
  }

  #suspend(runId: string, { run, suspend }: RestingRun): boolean {
    const { clock, reopen } = this.#world;
    const { nextMoment } = run;
    const suspended = suspend((life) => reopen(runId, life));
    if (suspended === null) return false;
    this.#candidates.delete(runId);
    const isTimed = Number.isFinite(nextMoment);
    const stop = isTimed ? clock.after(nextMoment - clock.now(), () => this.wake(runId)) : null;
    this.#sleepers.set(runId, { suspended, stop });
    return true;
  }

  #take(runId: string): Sleeper | null {
    const sleeper = this.#sleepers.get(runId) ?? null;
    this.#sleepers.delete(runId);
    sleeper?.stop?.();
    return sleeper;
  }
}
