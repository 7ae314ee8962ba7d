/** One started run: its limits, its ports, its way to stop. */
import type { Answer } from '../cards/index.js';
import { CancelledError, type FlowdeckError, LimitError } from '../errors.js';
import type { ExpressionContext } from '../expression/index.js';
import { createRedactor, type Observer, type Redactor } from '../observe/index.js';
import type { FlowPlan, Step, StepOutcome } from '../plan/index.js';
import type { EffectContext, RunRuntime } from '../ports/index.js';
import type { Value, ValueObject } from '../values/index.js';
import { assign, type FlowOutcome, proceed } from './call.js';
import { StepContext } from './context.js';
import type { Timed } from './deadlines.js';
import { Failure } from './failure.js';
import { Frame } from './frame.js';
import { ENDED, TOO_MANY_STEPS } from './halt.js';
import type { Limits } from './limits.js';
import { attemptStep, finishStep, isThenable } from './perform.js';
import { performWithPolicy } from './policy.js';
import { connectionNamed, expressionContext } from './services.js';
import { RunTree } from './tree.js';
import { Waiting } from './waiting.js';
import { Watch } from './watch.js';
import type { World } from './world.js';

/** How often calls look at the clock. */
const CALLS_PER_LOOK = 256;

export interface RunSetup {
  readonly id: string;
  readonly plan: FlowPlan;
  readonly world: World;
  readonly limits: Limits;
  readonly observer: Observer;
  readonly startedAt: number;
}

export class Run implements Timed {
  readonly id: string;
  readonly plan: FlowPlan;
  readonly world: World;
  readonly limits: Limits;
  readonly startedAt: number;
  readonly tree = new RunTree();
  /** Null: effects and waits need no record. */
  runtime: RunRuntime | null = null;
  /** Set when the run was cancelled or exceeded a limit of the whole run: toUndefined goes on, and toUndefined catches it. */
  halted: Failure | FlowdeckError | null = null;
  /** Most runs need none of these, so they are made when they are. */
  #waiting: Waiting | null = null;
  #controllers: Set<AbortController> | null = null;
  #redactor: Redactor | null = null;
  #watch: Watch | null = null;
  readonly #startedElapsed: number;
  readonly #observer: Observer;
  #spent = 0;

  constructor(setup: RunSetup) {
    this.id = setup.id;
    this.plan = setup.plan;
    this.world = setup.world;
    this.limits = setup.limits;
    this.startedAt = setup.startedAt;
    this.#startedElapsed = setup.world.clock.elapsed();
    this.#observer = setup.observer;
  }

  /** Knows the secrets of the run. */
  get redactor(): Redactor {
    this.#redactor ??= createRedactor();
    return this.#redactor;
  }

  get watch(): Watch {
    this.#watch ??= new Watch(this, this.#observer, this.redactor);
    return this.#watch;
  }

  /** True: somebody listens, or there are secrets, which have to be followed. */
  get watched(): boolean {
    return this.plan.deck.secretive || this.#observer.active || (this.#redactor !== null && !this.#redactor.empty);
  }

  get elapsedMs(): number {
    return this.world.clock.elapsed() - this.#startedElapsed;
  }

  get deadline(): number {
    return this.#startedElapsed + this.limits.wallTimeMs;
  }

  get waiting(): Waiting {
    this.#waiting ??= new Waiting(this);
    return this.#waiting;
  }

  /** Runs the flow. Throws a `Failure` or the error that halted the run. */
  execute(slots: Value[], connection: ValueObject | null): FlowOutcome | Promise<FlowOutcome> {
    const frame = new Frame(this.plan, slots, connection, this, null, null, null, 1, 0);
    const outcome = this.watched ? this.watch.call(frame, () => proceed(frame)) : proceed(frame);
    if (outcome instanceof Promise) this.world.deadlines.add(this);
    return outcome;
  }

  /** Performs and counts a card that is more than a pure function. */
  perform(step: Step, frame: Frame): StepOutcome | Promise<StepOutcome> {
    this.tree.steps += step.count;
    if (this.tree.steps > this.limits.steps) throw TOO_MANY_STEPS;
    const outcome =
      step.policy === null ? attemptStep(step, frame, 1, null) : performWithPolicy(step, step.policy, frame, null);
    // A card may have swallowed the error that ended the run.
    if (this.halted !== null && !(outcome instanceof Promise)) throw this.halted;
    return outcome;
  }

  beginControl(step: Step, frame: Frame): StepContext {
    this.tree.steps += step.count;
    if (this.tree.steps > this.limits.steps) throw TOO_MANY_STEPS;
    return new StepContext(frame, step, 1);
  }

  endControl(step: Step, frame: Frame, result: unknown): StepOutcome | Promise<StepOutcome> {
    const outcome = finishStep(step, frame, result, null);
    // A card may have swallowed the error that ended the run.
    if (this.halted !== null && !(outcome instanceof Promise)) throw this.halted;
    return outcome;
  }

  settle(step: Step, frame: Frame, outputs: unknown): StepOutcome | Promise<StepOutcome> {
    return finishStep(step, frame, outputs, null);
  }

  /** Performs an effect: directly, or through a runtime that remembers it. Limits its time. */
  effect(step: Step, frame: Frame, attempt: number, context: StepContext, call: () => unknown): unknown {
    const timeoutMs = step.timeoutMs ?? this.limits.cardTimeMs;
    if (this.runtime === null) {
      const result = call();
      if (isThenable(result)) return this.waiting.timed(result, timeoutMs, step, frame, context);
      context.release();
      return result;
    }
    return this.runtime.step(
      frame.key(step, attempt),
      ({ signal }: EffectContext) => {
        const abort = () => context.abort(signal.reason);
        signal.addEventListener('abort', abort, { once: true });
        // What an effect gives is its outputs: an object of values, or toUndefined. The runtime limits its time.
        const result = call() as Value | undefined | Promise<Value | undefined>;
        return isThenable(result) ? Promise.resolve(result).then((value) => value ?? null) : (result ?? null);
      },
      { timeoutMs },
    );
  }

  sleep(id: string, ms: number, step: Step, frame: Frame): Promise<undefined> {
    const wait = Number.isFinite(ms) && ms > 0 ? ms : 0;
    if (this.runtime === null) return this.waiting.sleep(wait, step, frame);
    return this.runtime.sleep(id, wait).then(toUndefined);
  }

  waitFor(id: string, name: string, timeoutMs: number | undefined, step: Step, frame: Frame): Promise<Value> {
    if (this.runtime !== null) return this.runtime.signal(id, name, timeoutMs);
    return this.waiting.signalled(name, timeoutMs, step, frame);
  }

  /** Delivers a signal; kept if nobody waits for it yet. */
  signal(name: string, value: Value): void | Promise<void> {
    if (this.runtime !== null) return this.world.runtime.signal(this.id, name, value);
    this.waiting.deliver(name, value);
  }

  /** Ends the run: toUndefined goes on after this, and what waits is rejected. Returns what to throw. */
  halt(error: FlowdeckError, step?: Step, frame?: Frame): Failure | FlowdeckError {
    if (this.halted !== null) return this.halted;
    const place = step && frame ? { step, frame } : this.#waiting?.first;
    this.halted = place?.step && place.frame ? new Failure(error, place.step, place.frame) : error;
    this.#release(error);
    return this.halted;
  }

  /** Tells everything that is under way or waits that nobody does any more. */
  #release(reason: FlowdeckError): void {
    const controllers = this.#controllers;
    this.#controllers = null;
    for (const controller of controllers ?? []) controller.abort(reason);
    this.#waiting?.rejectAll(this.halted);
  }

  cancel(reason?: string): void {
    this.halt(new CancelledError(reason));
  }

  /** A controller whose signal aborts with the run. */
  controller(): AbortController {
    const controller = new AbortController();
    if (this.halted !== null) controller.abort(this.halted);
    else {
      this.#controllers ??= new Set();
      this.#controllers.add(controller);
    }
    return controller;
  }

  /** The card that asked for this controller is done with it. */
  forget(controller: AbortController): void {
    this.#controllers?.delete(controller);
  }

  /** Counts a call or a block against the wall time, which timers cannot check while a run is synchronous. */
  spend(): void {
    if ((++this.#spent & (CALLS_PER_LOOK - 1)) === 0) this.checkTime();
  }

  checkTime(): void {
    if (this.elapsedMs > this.limits.wallTimeMs) throw this.halt(wallTime(this.limits.wallTimeMs));
  }

  /** The wall time is up. */
  expire(): void {
    this.halt(wallTime(this.limits.wallTimeMs));
  }

  /** Called once, when the run has ended: what a card left behind does not go on. */
  end(): void {
    this.world.deadlines.remove(this);
    this.halted ??= ENDED;
    this.#release(ENDED);
  }

  /** Starts a flow that nobody waits for. Its failure is kept with the run, and does not touch the caller. */
  spawn(
    caller: Frame,
    step: Step,
    attempt: number,
    plan: FlowPlan,
    inputs: Readonly<Record<string, Value>> | Promise<Readonly<Record<string, Value>>>,
  ): string {
    const slots = plan.initial.slice();
    const connection = step.connection === null ? caller.connection : connectionNamed(this, step.connection).values;
    const frame = new Frame(plan, slots, connection, this, caller, step, null, attempt, 0);
    const id = frame.executionId;
    const start = async (): Promise<FlowOutcome> => {
      assign(plan, slots, await inputs);
      return this.watched ? this.watch.call(frame, () => proceed(frame), 'async') : proceed(frame);
    };
    // The caller goes on first: the flow starts when it waits or ends.
    const ending = Promise.resolve().then(() => (this.runtime === null ? start() : this.runtime.child(id, start)));
    this.tree.follow(id, plan.id, ending);
    return id;
  }

  respond(answer: Answer): boolean {
    if (this.tree.answer !== null) return false;
    this.tree.answer = answer;
    return true;
  }

  expressionContext(frame: Frame, source: string): ExpressionContext {
    return expressionContext(this, frame, source);
  }

  reportAttempt(step: Step, frame: Frame, attempt: number, failure: Failure, delayMs: number): void {
    this.watch.attempt(step, frame, attempt, failure, delayMs);
  }

  reportProgress(step: Step, frame: Frame, done: number, total: number): void {
    this.watch.progress(step, frame, done, total);
  }

  watchCall(frame: Frame, call: () => FlowOutcome | Promise<FlowOutcome>): FlowOutcome | Promise<FlowOutcome> {
    return this.watch.call(frame, call);
  }
}

function toUndefined(): undefined {
  return undefined;
}

function wallTime(ms: number): LimitError {
  return new LimitError('wallTimeMs', `The run took longer than the limit wallTimeMs (${ms} ms).`, {
    hint: 'Raise the limit wallTimeMs, or find out what the run waits for.',
  });
}
