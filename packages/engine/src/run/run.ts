/** One started run: its limits, its ports, its way to stop. */
import type { Answer } from '../cards/index.js';
import { CancelledError, ConnectionError, type FlowdeckError, LimitError, RunError, TimeoutError } from '../errors.js';
import type { ExpressionContext } from '../expression/index.js';
import { createRedactor, type Observer, type Redactor } from '../observe/index.js';
import type { FlowPlan, Performer, Step, StepOutcome } from '../plan/index.js';
import type { Connection, EffectContext, HttpPort, Logger, RunRuntime } from '../ports/index.js';
import type { Value, ValueObject } from '../values/index.js';
import { assign, type FlowOutcome, proceed } from './call.js';
import { StepContext } from './context.js';
import { Failure } from './failure.js';
import { RunFrame } from './frame.js';
import { ENDED, TOO_MANY_STEPS, Waiters } from './halt.js';
import type { Limits } from './limits.js';
import { limitedHttp } from './payload.js';
import { attemptStep, finish } from './perform.js';
import { performWithPolicy } from './policy.js';
import { seededRandom } from './seeded.js';
import { type OpenConnection, RunTree } from './tree.js';
import { Watch } from './watch.js';
import type { World } from './world.js';

/** How often calls look at the clock. */
const CLOCK_EVERY = 256;

export interface RunSetup {
  readonly id: string;
  readonly plan: FlowPlan;
  readonly world: World;
  readonly limits: Limits;
  readonly observer: Observer;
  readonly startedAt: number;
}

/** A signal that came early, or somebody who waits for one. */
interface Signal {
  readonly value?: Value;
  readonly waiting?: (value: Value) => void;
}

export class Run implements Performer {
  readonly id: string;
  readonly plan: FlowPlan;
  readonly world: World;
  readonly limits: Limits;
  readonly startedAt: number;
  readonly tree = new RunTree();
  /** Null: effects and waits need no record. */
  runtime: RunRuntime | null = null;
  /** Set when the run was cancelled or exceeded a limit of the whole run: nothing goes on, and nothing catches it. */
  halted: Failure | FlowdeckError | null = null;
  /** Most runs need none of these, so they are made when they are. */
  #waiters: Waiters | null = null;
  #controllers: Set<AbortController> | null = null;
  #signals: Map<string, Signal> | null = null;
  #redactor: Redactor | null = null;
  #watch: Watch | null = null;
  readonly #startedElapsed: number;
  readonly #observer: Observer;
  #spent = 0;
  #disarm: (() => void) | null = null;

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

  /** Runs the flow. Throws a `Failure` or the error that halted the run. */
  execute(slots: Value[], connection: ValueObject | null): FlowOutcome | Promise<FlowOutcome> {
    const frame = new RunFrame(this.plan, slots, connection, this, null, null, null, 1, 0);
    const outcome = this.watched ? this.watch.call(frame, () => proceed(frame)) : proceed(frame);
    if (outcome instanceof Promise) this.#arm();
    return outcome;
  }

  /** Performs and counts a card that is more than a pure function. */
  perform(step: Step, frame: RunFrame): StepOutcome | Promise<StepOutcome> {
    this.tree.steps += step.count;
    if (this.tree.steps > this.limits.steps) throw TOO_MANY_STEPS;
    const outcome =
      step.policy === null ? attemptStep(step, frame, 1, null) : performWithPolicy(step, step.policy, frame, null);
    // A card may have swallowed the error that ended the run.
    if (this.halted !== null && !(outcome instanceof Promise)) throw this.halted;
    return outcome;
  }

  beginControl(step: Step, frame: RunFrame): StepContext {
    this.tree.steps += step.count;
    if (this.tree.steps > this.limits.steps) throw TOO_MANY_STEPS;
    return new StepContext(frame, step, 1);
  }

  endControl(step: Step, frame: RunFrame, result: unknown): StepOutcome | Promise<StepOutcome> {
    const outcome = finish(step, frame, result, null);
    // A card may have swallowed the error that ended the run.
    if (this.halted !== null && !(outcome instanceof Promise)) throw this.halted;
    return outcome;
  }

  settle(step: Step, frame: RunFrame, outputs: unknown): StepOutcome | Promise<StepOutcome> {
    return this.watch.settle(step, frame, outputs);
  }

  /** Performs an effect: directly, or through a runtime that remembers it. Limits its time. */
  effect(step: Step, frame: RunFrame, attempt: number, context: StepContext, call: () => unknown): unknown {
    const timeoutMs = step.timeoutMs ?? this.limits.cardTimeMs;
    if (this.runtime === null) {
      const result = call();
      if (isPromise(result)) return this.#timed(result, timeoutMs, step, frame, context);
      context.release();
      return result;
    }
    return this.runtime.step(
      frame.key(step, attempt),
      ({ signal }: EffectContext) => {
        const abort = () => context.abort(signal.reason);
        signal.addEventListener('abort', abort, { once: true });
        // What an effect gives is its outputs: an object of values, or nothing. The runtime limits its time.
        const result = call() as Value | undefined | Promise<Value | undefined>;
        return isPromise(result) ? Promise.resolve(result).then((value) => value ?? null) : (result ?? null);
      },
      { timeoutMs },
    );
  }

  /** Waits for a promise, or for the end of the run. */
  guard(promise: PromiseLike<unknown>, step: Step, frame: RunFrame): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const done = this.#wait(step, frame, reject);
      promise.then(
        (value) => {
          done();
          resolve(value);
        },
        (error) => {
          done();
          reject(error);
        },
      );
    });
  }

  /** Waits for something of the host's, before any card runs; or for the end of the run. */
  unlessHalted<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const done = this.#wait(null, null, reject);
      promise.then(resolve, reject).finally(done);
    });
  }

  /** `reject` is called when the run is halted; at once, when it has been. Returns a function that ends that. */
  #wait(step: Step | null, frame: RunFrame | null, reject: (reason: unknown) => void): () => void {
    if (this.halted !== null) reject(this.halted);
    this.#waiters ??= new Waiters();
    return this.#waiters.add(step, frame, reject);
  }

  #timed(
    promise: PromiseLike<unknown>,
    timeoutMs: number,
    step: Step,
    frame: RunFrame,
    context: StepContext,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const stop = this.world.clock.after(timeoutMs, () => {
        done();
        const error = new TimeoutError(`Card "${step.id}" took longer than ${timeoutMs} ms.`, {
          hint: 'Give the card a longer "timeout", or find out why the service is slow.',
        });
        context.abort(error);
        context.release();
        reject(error);
      });
      const done = this.#wait(step, frame, stop);
      const settle = () => {
        stop();
        done();
        context.release();
      };
      promise.then(
        (value) => {
          settle();
          resolve(value);
        },
        (error) => {
          settle();
          reject(error);
        },
      );
    });
  }

  sleep(id: string, ms: number, step: Step, frame: RunFrame): Promise<void> {
    const wait = Number.isFinite(ms) && ms > 0 ? ms : 0;
    if (this.runtime !== null) return this.runtime.sleep(id, wait);
    return new Promise((resolve, reject) => {
      const stop = this.world.clock.after(wait, () => {
        done();
        resolve();
      });
      const done = this.#wait(step, frame, (reason) => {
        stop();
        reject(reason);
      });
    });
  }

  waitFor(id: string, name: string, timeoutMs: number | undefined, step: Step, frame: RunFrame): Promise<Value> {
    if (this.runtime !== null) return this.runtime.signal(id, name, timeoutMs);
    this.#signals ??= new Map();
    const signals = this.#signals;
    const early = signals.get(name);
    if (early?.value !== undefined) {
      signals.delete(name);
      return Promise.resolve(early.value);
    }
    return new Promise((resolve, reject) => {
      let stop: (() => void) | null = null;
      if (timeoutMs !== undefined) {
        stop = this.world.clock.after(timeoutMs, () => {
          done();
          signals.delete(name);
          reject(new TimeoutError(`Nobody signalled "${name}" within ${timeoutMs} ms.`));
        });
      }
      const done = this.#wait(step, frame, (reason) => {
        stop?.();
        reject(reason);
      });
      signals.set(name, {
        waiting: (value) => {
          done();
          stop?.();
          resolve(value);
        },
      });
    });
  }

  /** Delivers a signal; kept if nobody waits for it yet. */
  signal(name: string, value: Value): void | Promise<void> {
    if (this.runtime !== null) return this.world.runtime.signal(this.id, name, value);
    this.#signals ??= new Map();
    const waiting = this.#signals.get(name)?.waiting;
    if (waiting) {
      this.#signals.delete(name);
      waiting(value);
    } else this.#signals.set(name, { value });
  }

  /** Ends the run: nothing goes on after this, and what waits is rejected. Returns what to throw. */
  halt(error: FlowdeckError, step?: Step, frame?: RunFrame): Failure | FlowdeckError {
    if (this.halted !== null) return this.halted;
    const place = step && frame ? { step, frame } : this.#waiters?.first;
    this.halted = place?.step && place.frame ? new Failure(error, place.step, place.frame) : error;
    this.#release(error);
    return this.halted;
  }

  /** Tells everything that is under way or waits that nobody does any more. */
  #release(reason: FlowdeckError): void {
    const controllers = this.#controllers;
    this.#controllers = null;
    for (const controller of controllers ?? []) controller.abort(reason);
    this.#waiters?.rejectAll(this.halted);
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
    if ((++this.#spent & (CLOCK_EVERY - 1)) === 0) this.checkTime();
  }

  checkTime(): void {
    if (this.elapsedMs > this.limits.wallTimeMs) throw this.halt(wallTime(this.limits.wallTimeMs));
  }

  #arm(): void {
    this.#disarm ??= this.world.clock.after(Math.max(0, this.limits.wallTimeMs - this.elapsedMs), () => {
      this.#disarm = null;
      this.halt(wallTime(this.limits.wallTimeMs));
    });
  }

  /** Called once, when the run has ended: what a card left behind does not go on. */
  end(): void {
    this.#disarm?.();
    this.#disarm = null;
    this.halted ??= ENDED;
    this.#release(ENDED);
  }

  /** Starts a flow that nobody waits for. Its failure is kept with the run, and does not touch the caller. */
  spawn(
    caller: RunFrame,
    step: Step,
    attempt: number,
    plan: FlowPlan,
    inputs: Readonly<Record<string, Value>> | Promise<Readonly<Record<string, Value>>>,
  ): string {
    const slots = plan.initial.slice();
    const connection = step.connection === null ? caller.connection : this.connectionValues(step.connection);
    const frame = new RunFrame(plan, slots, connection, this, caller, step, null, attempt, 0);
    const runId = frame.executionId;
    const start = async (): Promise<FlowOutcome> => {
      assign(plan, slots, await inputs);
      return this.watched ? this.watch.call(frame, () => proceed(frame), 'async') : proceed(frame);
    };
    // The caller goes on first: the flow starts when it waits or ends.
    const ending = Promise.resolve().then(() => (this.runtime === null ? start() : this.runtime.child(runId, start)));
    this.tree.follow(runId, plan.id, ending);
    return runId;
  }

  respond(answer: Answer): boolean {
    if (this.tree.answer !== null) return false;
    this.tree.answer = answer;
    return true;
  }

  http(): HttpPort {
    const { http } = this.world;
    if (http === null) {
      throw new RunError('http-missing', 'The engine was given no HTTP port.', {
        hint: 'Pass ports: { http: httpPort() } with httpPort from "@flowdeck/cards/http".',
      });
    }
    return limitedHttp(http, this.limits.payloadBytes);
  }

  loggerFor(step: Step, frame: RunFrame): Logger {
    return {
      log: (level, message, details) => this.watch.log(level, message, details ?? null, step, frame),
    };
  }

  connection(name: string): Connection {
    return this.#open(name).connection;
  }

  connectionValues(name: string): ValueObject {
    return this.#open(name).values;
  }

  /** The connection whose values a flow runs with. */
  connectionBehind(values: ValueObject | null): Connection | null {
    if (values === null) return null;
    for (const open of this.tree.connections?.values() ?? []) if (open.values === values) return open.connection;
    return null;
  }

  #open(name: string): OpenConnection {
    const open = this.tree.connections?.get(name);
    if (open) return open;
    throw new ConnectionError('connection-missing', `There is no connection "${name}".`, {
      hint: `Give the engine a connection of that name.`,
    });
  }

  /** Time and randomness of an expression come from the run and its place in it, so that a replay sees the same. */
  expressionContext(frame: RunFrame, source: string): ExpressionContext {
    return {
      now: () => this.startedAt,
      random: seededRandom(`${frame.executionId} ${source}`),
      signal: haltSignal(this),
      yield: () => this.world.clock.yield(),
    };
  }

  reportAttempt(step: Step, frame: RunFrame, attempt: number, failure: Failure, delayMs: number): void {
    this.watch.attempt(step, frame, attempt, failure, delayMs);
  }

  reportProgress(step: Step, frame: RunFrame, done: number, total: number): void {
    this.watch.progress(step, frame, done, total);
  }

  watchCall(frame: RunFrame, call: () => FlowOutcome | Promise<FlowOutcome>): FlowOutcome | Promise<FlowOutcome> {
    return this.watch.call(frame, call);
  }
}

/** Says whether the run was halted, in the form that evaluators ask for. */
function haltSignal(run: Run): { readonly aborted: boolean } {
  return {
    get aborted() {
      return run.halted !== null;
    },
  };
}

function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}

function wallTime(ms: number): LimitError {
  return new LimitError('wallTimeMs', `The run took longer than the limit wallTimeMs (${ms} ms).`, {
    hint: 'Raise the limit wallTimeMs, or find out what the run waits for.',
  });
}
