/** A run that its runtime may suspend while it does nothing but wait: one life after the other, behind one handle. */
import type { RunLife, RunRuntime, SuspendedRun } from '../ports/index.js';
import type { Timed } from '../run/deadlines.js';
import { EarlySignals } from '../run/early-signals.js';
import { type EarlierLife, PendingWaits } from '../run/pending-waits.js';
import type { RunResult } from '../run/result.js';
import type { Run } from '../run/run.js';
import { pending } from '../run/waiter.js';
import { encodeValue, type Value } from '../values/index.js';
import type { RunHandle } from './handle.js';
import { fillInputs } from './inputs.js';
import { type Birth, birthOf, bring, makeRun, type Start, surroundingsOf } from './one-life.js';
import { recordOfRun } from './record.js';
import { goOn, inherit, quietUntilOver, type Replay } from './replay.js';

type OpenLife = (run: Run, life: RunLife) => RunRuntime | Promise<RunRuntime>;

/** What is held between two lives, and the reason that the first of them was given up for. */
interface Between {
  readonly earlier: EarlierLife;
  readonly reopen: (life: RunLife) => Promise<RunRuntime>;
  isWoken: boolean;
}

/** Cards that are intercepted would be so in each life. */
function maySuspend({ house: { world }, options }: Start): boolean {
  const { pure, control } = world.interceptors;
  return pure === null && control === null && options.abandon === undefined;
}

export class LastingRun implements RunHandle, SuspendedRun, Timed {
  readonly result: Promise<RunResult>;
  readonly #start: Start;
  readonly #birth: Birth;
  readonly #resolve: (result: RunResult) => void;
  readonly #reject: (reason: unknown) => void;
  readonly #detach: (() => void) | null = null;
  /** What the flow began with, in the order of its parameters: what the host gave may be another by now. */
  #given: readonly Value[] = [];
  /** Null between two lives. */
  #run: Run | null = null;
  /** Not null from the moment at which a life is suspended to the beginning of the next. */
  #between: Between | null = null;
  /** Of the present life. */
  #replay: Replay = { isOver: true };
  /** Cancelled while it had no life, or one that has not come as far as the one before. */
  #cancelled: { readonly reason: string | undefined } | null = null;

  constructor(start: Start) {
    const { promise, resolve, reject } = pending<RunResult>();
    this.result = promise;
    this.#start = start;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#birth = birthOf(start);
    const { house, plan, options } = start;
    const run = makeRun(start, this.#birth, surroundingsOf(start, this.#birth), null);
    this.#run = run;
    let slots: Value[];
    try {
      slots = fillInputs(plan, options, run);
    } catch (error) {
      reject(error);
      return;
    }
    this.#given = plan.parameters.map(({ slot }) => slots[slot] ?? null);
    this.#detach = house.aborts.attach(options.signal, this);
    this.#live(run, slots, null, (opened, life) => house.world.runtime.open(recordOfRun(start, opened, slots), life));
  }

  get runId(): string {
    return this.#birth.origin.runId;
  }

  cancel(reason?: string): void {
    const between = this.#between;
    if (between === null && this.#replay.isOver) {
      this.#run?.cancel(reason);
      return;
    }
    this.#cancelled ??= { reason };
    if (between !== null) this.wake();
  }

  signal(name: string, value: Value): void | Promise<void> {
    if (this.#run !== null && this.#between === null) return this.#run.signal(name, value);
    const { house, limits } = this.#start;
    const open = { id: this.runId, world: house.world, limits, seam: { isDurable: true }, halted: null };
    // The runtime wakes the run when it takes what it waits for.
    return new EarlySignals(open).deliver(name, encodeValue(value));
  }

  /** While it has no life, its time goes on. */
  get deadline(): number {
    const { limits } = this.#start;
    return (this.#between?.earlier.startedElapsed ?? Number.POSITIVE_INFINITY) + limits.wallTimeMs;
  }

  expire(): void {
    this.wake();
  }

  #live(run: Run, slots: Value[], earlier: EarlierLife | null, open: OpenLife): void {
    const replay = this.#replay;
    const waits = new PendingWaits(run, earlier, () => {
      replay.isOver = true;
      if (earlier !== null) goOn(run, earlier);
      if (this.#cancelled !== null) run.cancel(this.#cancelled.reason);
    });
    const opening = () => open(run, this.#lifeOf(run, waits));
    bring(this.#start, run, slots, undefined, opening, waits).then(
      (result) => {
        this.#detach?.();
        this.#resolve(result);
      },
      (reason: unknown) => this.#over(reason),
    );
  }

  #lifeOf(run: Run, waits: PendingWaits): RunLife {
    const { signal } = run.controller();
    if (!maySuspend(this.#start)) return { signal };
    const suspend = (reopen: Between['reopen']): SuspendedRun | null => {
      if (!waits.isAll) return null;
      const between: Between = { earlier: waits.leave(), reopen, isWoken: false };
      this.#between = between;
      run.giveUp(between);
      return this;
    };
    return { signal, suspend };
  }

  /** A life is over without a result. */
  #over(reason: unknown): void {
    const between = this.#between;
    if (reason !== between || between === null) {
      this.#detach?.();
      this.#reject(reason);
      return;
    }
    this.#run = null;
    if (between.isWoken) this.#liveAgain(between);
    else this.#start.house.world.deadlines.add(this);
  }

  /** For the runtime: so is `abandon`. */
  wake(): void {
    const between = this.#between;
    if (between === null || between.isWoken) return;
    between.isWoken = true;
    if (this.#run === null) this.#liveAgain(between);
  }

  abandon(reason: unknown): void {
    if (this.#between === null) return;
    this.#start.house.world.deadlines.remove(this);
    this.#between = null;
    this.#detach?.();
    this.#reject(reason);
  }

  #liveAgain({ earlier, reopen }: Between): void {
    const { house, plan } = this.#start;
    house.world.deadlines.remove(this);
    this.#between = null;
    this.#replay = { isOver: false };
    const around = quietUntilOver(surroundingsOf(this.#start, this.#birth), this.#replay);
    const run = makeRun(this.#start, this.#birth, around, earlier.redactor);
    this.#run = run;
    inherit(run, earlier);
    const slots = plan.initial.slice();
    for (const [at, { slot }] of plan.parameters.entries()) slots[slot] = this.#given[at] ?? null;
    this.#live(run, slots, earlier, (opened, life) =>
      // It has begun, and does not end because nobody finds it now.
      reopen(life).catch((reason: unknown) => Promise.reject(opened.giveUp(reason))),
    );
  }
}
