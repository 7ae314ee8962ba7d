/** Tells those who watch what a run does. Reached only when somebody watches, or when there are secrets to follow. */
import { Leave } from '../cards/index.js';
import {
  type Data,
  type DataObject,
  type ErrorData,
  type FlowEvent,
  type Observer,
  type Redactor,
  type RunKind,
  toData,
  toErrorData,
} from '../observe/index.js';
import { type Step, type StepOutcome, takesRecord } from '../plan/index.js';
import type { Clock, LogLevel } from '../ports/index.js';
import type { Value } from '../values/index.js';
import type { FlowOutcome } from './call.js';
import { Failure, locate } from './failure.js';
import type { RunFrame } from './frame.js';
import { attemptStep, finish, type Watcher } from './perform.js';
import { performWithPolicy } from './policy.js';
import type { Run } from './run.js';

/** Runs one step with its events around it. */
export function performWatched(step: Step, frame: RunFrame): StepOutcome | Promise<StepOutcome> {
  return frame.run.watch.step(step, frame);
}

/** Numbers of the executions of cards in a frame, and which of them is under way, for those that call or tell more. */
interface Numbers {
  next: number;
  readonly running: Map<Step, number>;
}

export class Watch {
  readonly #run: Run;
  readonly #observer: Observer;
  readonly #redactor: Redactor;
  readonly #numbers = new WeakMap<RunFrame, Numbers>();
  /** The frame that was asked for last, and its numbers: nearly always the next one too. */
  #lastFrame: RunFrame | null = null;
  #lastNumbers: Numbers = noNumbers;
  readonly #time: Moment;

  constructor(run: Run, observer: Observer, redactor: Redactor) {
    this.#run = run;
    this.#time = new Moment(run.world.clock);
    this.#observer = observer;
    this.#redactor = redactor;
  }

  step(step: Step, frame: RunFrame): StepOutcome | Promise<StepOutcome> {
    const isHeard = this.#observer.hears('card');
    // A pure card that is not retried never asks for its number again.
    const isPlain = step.card.kind === 'pure' && step.policy === null;
    if (!isHeard && isPlain && this.#redactor.empty) {
      this.#numbersOf(frame).next++;
      return step.exec(frame);
    }
    const watcher = new StepWatcher(step, frame, this.#redactor, isHeard);
    if (!this.#observer.active) return this.#perform(step, frame, watcher);
    const numbers = this.#numbersOf(frame);
    watcher.seq = numbers.next++;
    if (!isPlain) numbers.running.set(step, watcher.seq);
    if (isHeard) {
      this.#time.read();
      watcher.startedAt = this.#time.elapsed;
      this.#emit(cardStarted(step, frame, watcher.seq, this.#time.at));
    }
    let outcome: StepOutcome | Promise<StepOutcome>;
    try {
      outcome = this.#perform(step, frame, watcher);
    } catch (error) {
      throw this.#failed(step, frame, watcher, error);
    }
    if (!(outcome instanceof Promise)) {
      if (isHeard) this.#time.tick();
      return this.#succeeded(step, frame, watcher, outcome);
    }
    return outcome.then(
      (later) => {
        this.#time.read();
        return this.#succeeded(step, frame, watcher, later);
      },
      (error: unknown) => {
        throw this.#failed(step, frame, watcher, error);
      },
    );
  }

  #succeeded(step: Step, frame: RunFrame, watcher: StepWatcher, outcome: StepOutcome): StepOutcome {
    watcher.left(outcome);
    this.#ended(step, frame, watcher, null);
    return outcome;
  }

  #failed(step: Step, frame: RunFrame, watcher: StepWatcher, error: unknown): Failure {
    const failure = locate(error, step, frame);
    this.#time.read();
    this.#ended(step, frame, watcher, failure);
    return failure;
  }

  #ended(step: Step, frame: RunFrame, watcher: StepWatcher, failure: Failure | null): void {
    if (watcher.record) {
      const error = failure === null ? null : this.#errorData(failure);
      this.#emit(cardEnded(step, frame, watcher, error, this.#time));
    }
    if (step.card.kind !== 'pure' || step.policy !== null) this.#numbersOf(frame).running.delete(step);
  }

  #perform(step: Step, frame: RunFrame, watcher: StepWatcher): StepOutcome | Promise<StepOutcome> {
    return step.policy === null
      ? attemptStep(step, frame, 1, watcher)
      : performWithPolicy(step, step.policy, frame, watcher);
  }

  settle(step: Step, frame: RunFrame, outputs: unknown): StepOutcome | Promise<StepOutcome> {
    return finish(step, frame, outputs, null);
  }

  /** A run or a called flow, with its events around it. */
  call(
    frame: RunFrame,
    proceed: () => FlowOutcome | Promise<FlowOutcome>,
    kind?: RunKind,
  ): FlowOutcome | Promise<FlowOutcome> {
    if (!this.#observer.active) return proceed();
    const { clock } = this.#run.world;
    const { caller, via, plan } = frame;
    const started = clock.elapsed();
    const runId = frame.executionId;
    const run = {
      type: 'run' as const,
      runId,
      rootRunId: this.#run.id,
      parentRunId: caller?.executionId ?? null,
      flow: plan.id,
      flowName: plan.name,
      kind: kind ?? (caller === null ? ('root' as const) : ('call' as const)),
    };
    const link =
      caller === null || via === null
        ? null
        : {
            type: 'call' as const,
            callerRunId: caller.executionId,
            seq: this.#numbersOf(caller).running.get(via) ?? 0,
            card: via.id,
            calleeRunId: runId,
            flow: plan.id,
            index: frame.index,
          };
    if (link) this.#emit({ ...link, phase: 'started', at: clock.now() });
    this.#emit({ ...run, phase: 'started', at: clock.now(), inputs: this.#parameters(frame) });
    const end = (status: 'success' | 'stopped' | 'error' | 'cancelled', outputs: DataObject | null, error: unknown) => {
      this.#emit({
        ...run,
        phase: 'ended',
        at: clock.now(),
        status,
        outputs,
        error: error === null ? null : this.#errorData(error),
        durationMs: clock.elapsed() - started,
        steps: this.#numbersOf(frame).next,
      });
      if (link) this.#emit({ ...link, phase: 'ended', at: clock.now() });
    };
    const succeed = (outcome: FlowOutcome) => {
      end(outcome.kind === 'stop' ? 'stopped' : 'success', this.#data(outcome.outputs), null);
      return outcome;
    };
    const fail = (error: unknown): never => {
      end(this.#run.halted !== null && this.#run.halted.code === 'cancelled' ? 'cancelled' : 'error', null, error);
      throw error;
    };
    try {
      const outcome = proceed();
      return outcome instanceof Promise ? outcome.then(succeed, fail) : succeed(outcome);
    } catch (error) {
      return fail(error);
    }
  }

  attempt(step: Step, frame: RunFrame, attempt: number, failure: Failure, delayMs: number): void {
    if (!this.#observer.hears('attempt')) return;
    this.#emit({
      type: 'attempt',
      at: this.#run.world.clock.now(),
      ...this.#place(step, frame),
      attempt,
      error: this.#errorData(failure),
      delayMs,
    });
  }

  progress(step: Step, frame: RunFrame, done: number, total: number | null): void {
    if (!this.#observer.hears('progress')) return;
    this.#emit({ type: 'progress', at: this.#run.world.clock.now(), ...this.#place(step, frame), done, total });
  }

  log(
    level: LogLevel,
    message: string,
    details: Readonly<Record<string, unknown>> | null,
    step: Step,
    frame: RunFrame,
  ): void {
    const redacted = this.#redactor.redact(message);
    const data = details === null ? null : this.#data(details);
    this.#run.world.logger.log(level, redacted, { ...data, run: frame.executionId, card: step.id });
    if (this.#observer.hears('log')) {
      this.#emit({
        type: 'log',
        at: this.#run.world.clock.now(),
        level,
        message: redacted,
        details: data,
        runId: frame.executionId,
        card: step.id,
      });
    }
  }

  #place(step: Step, frame: RunFrame) {
    return { runId: frame.executionId, seq: this.#numbersOf(frame).running.get(step) ?? 0, card: step.id };
  }

  #numbersOf(frame: RunFrame): Numbers {
    if (frame === this.#lastFrame) return this.#lastNumbers;
    // Passes of a loop block are part of the flow's own execution.
    let home = frame;
    while (home.pass && home.caller) home = home.caller;
    let numbers = this.#numbers.get(home);
    if (!numbers) {
      numbers = { next: 0, running: new Map() };
      this.#numbers.set(home, numbers);
    }
    this.#lastFrame = frame;
    this.#lastNumbers = numbers;
    return numbers;
  }

  #parameters(frame: RunFrame): DataObject {
    const inputs: Record<string, Value> = {};
    for (const { name, slot, field } of frame.plan.parameters) {
      inputs[name] = frame.slots[slot] ?? null;
      if (field.secret) this.#redactor.add(inputs[name]);
    }
    return this.#data(inputs);
  }

  #data(value: unknown): DataObject {
    // A record stays a record.
    return this.#redactor.data(value) as DataObject;
  }

  #errorData(error: unknown): ErrorData {
    return error instanceof Failure ? this.#redactor.redact(failureData(error)) : this.#redactor.errorData(error);
  }

  #emit(event: FlowEvent): void {
    this.#observer.emit(event);
  }
}

/** Stands in until a frame was asked for; never counted with. */
const noNumbers: Numbers = Object.freeze({ next: 0, running: new Map<Step, number>() });

// Events are written out member by member: a literal of known shape costs a tenth of one that spreads another.

function cardStarted(step: Step, frame: RunFrame, seq: number, at: number): FlowEvent {
  return {
    type: 'card',
    phase: 'started',
    at,
    runId: frame.executionId,
    seq,
    card: step.id,
    cardType: step.card.id,
    title: step.title,
    path: step.path,
    inputs: null,
  };
}

function cardEnded(
  step: Step,
  frame: RunFrame,
  watcher: StepWatcher,
  error: ErrorData | null,
  time: Moment,
): FlowEvent {
  return {
    type: 'card',
    phase: 'ended',
    at: time.at,
    runId: frame.executionId,
    seq: watcher.seq,
    card: step.id,
    cardType: step.card.id,
    title: step.title,
    path: step.path,
    status: error === null ? 'success' : 'error',
    attempts: watcher.attempts,
    inputs: watcher.seenInputs,
    outputs: watcher.seenOutputs,
    error,
    durationMs: time.elapsed - watcher.startedAt,
  };
}

/** The time as events tell it. A reading of a clock costs more than a card, so the end of a synchronous one takes one, not two. */
class Moment {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  at = 0;
  /** By the monotonic clock, in milliseconds. */
  elapsed = 0;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** After anything may have happened: time may have passed that the monotonic clock does not count. */
  read(): void {
    this.at = this.#clock.now();
    this.elapsed = this.#clock.elapsed();
  }

  /** Later in the same synchronous stretch. */
  tick(): void {
    const elapsed = this.#clock.elapsed();
    this.at += elapsed - this.elapsed;
    this.elapsed = elapsed;
  }
}

/** Sees the inputs and outputs of one step. */
class StepWatcher implements Watcher {
  attempts = 1;
  /** Number of the execution in its flow. */
  seq = 0;
  /** By the monotonic clock, in milliseconds. */
  startedAt = 0;
  /** Somebody hears of cards. */
  readonly record: boolean;
  seenInputs: DataObject | null = null;
  seenOutputs: DataObject | null = null;
  readonly #step: Step;
  readonly #frame: RunFrame;
  readonly #redactor: Redactor;
  #args: readonly unknown[] = [];

  constructor(step: Step, frame: RunFrame, redactor: Redactor, record: boolean) {
    this.#step = step;
    this.#frame = frame;
    this.#redactor = redactor;
    this.record = record;
  }

  inputs(args: readonly unknown[]): void {
    const { inputs, card } = this.#step;
    for (let i = 0; i < inputs.length; i++) {
      if (inputs[i]?.field.secret) this.#redactor.add(args[i] as Value);
    }
    if (!this.#redactor.empty && card.kind === 'pure') this.#args = [...args];
    if (!this.record) return;
    const seen: Record<string, Data> = {};
    for (let i = 0; i < inputs.length; i++) seen[inputs[i]?.name ?? ''] = toData(args[i] as Value);
    if (takesRecord(this.#step)) {
      const prefix = card.extraInputs?.group === undefined ? '' : `${card.extraInputs.group}/`;
      for (const [name, value] of Object.entries((args[inputs.length] ?? {}) as Record<string, Value>))
        seen[prefix + name] = toData(value);
    }
    this.seenInputs = this.#redactor.redact(seen);
  }

  outputs(): void {
    const { outputs, card } = this.#step;
    const { slots } = this.#frame;
    for (const { slot, field } of outputs) {
      const value = slots[slot] ?? null;
      if (field.secret) this.#redactor.add(value);
      else if (card.kind === 'pure' && !this.#redactor.empty)
        this.#redactor.derive(this.#args as readonly Value[], value);
    }
    if (!this.record) return;
    const seen: Record<string, Data> = {};
    for (const { name, slot } of outputs) seen[name] = toData(slots[slot] ?? null);
    this.seenOutputs = this.#redactor.redact(seen);
  }

  /** A card that left gives its result instead of outputs. */
  left(outcome: StepOutcome): void {
    if (!this.record || !(outcome instanceof Leave)) return;
    // A record stays a record.
    this.seenOutputs = this.#redactor.data(outcome.outputs) as DataObject;
  }
}

/** A failure as event data: what the card threw, and where. */
function failureData(failure: Failure): ErrorData {
  const { hint } = failure;
  return {
    ...toErrorData(failure.error),
    code: failure.code,
    message: failure.message,
    at: { ...failure.at },
    ...(hint === undefined ? {} : { hint }),
  };
}
