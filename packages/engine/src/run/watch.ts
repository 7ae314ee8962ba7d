/** Tells those who watch what a run does. Reached only when somebody watches, or when there are secrets to follow. */
import {
  type DataObject,
  type ErrorData,
  type ExecutionKind,
  type FlowEvent,
  type Observer,
  type Redactor,
  type RunStatus,
  toErrorData,
} from '../observe/index.js';
import type { Step, StepOutcome } from '../plan/index.js';
import type { LogLevel } from '../ports/index.js';
import type { Value } from '../values/index.js';
import type { FlowOutcome } from './call.js';
import { EventTime } from './event-time.js';
import { Failure, locate } from './failure.js';
import type { Frame } from './frame.js';
import { attemptStep } from './perform.js';
import { performWithPolicy } from './policy.js';
import type { Run } from './run.js';
import { cardEnded, cardStarted, StepWatcher } from './step-watcher.js';

/** Numbers of the executions of cards in a frame, and which of them is under way, for those that call or tell more. */
interface Numbers {
  next: number;
  readonly running: Map<Step, number>;
}

export class Watch {
  readonly #run: Run;
  readonly #observer: Observer;
  readonly #redactor: Redactor;
  readonly #numbers = new WeakMap<Frame, Numbers>();
  /** The frame that was asked for last, and its numbers: nearly always the next one too. */
  #lastFrame: Frame | null = null;
  #lastNumbers: Numbers = noNumbers;
  readonly #time: EventTime;

  constructor(run: Run, observer: Observer, redactor: Redactor) {
    this.#run = run;
    this.#time = new EventTime(run.world.clock);
    this.#observer = observer;
    this.#redactor = redactor;
  }

  /** Runs one step with its events around it. */
  step(step: Step, frame: Frame): StepOutcome | Promise<StepOutcome> {
    const isHeard = this.#observer.hears('card');
    // A pure card that is not retried never asks for its number again.
    const isPlain = step.card.kind === 'pure' && step.policy === null;
    if (!isHeard && step.plain && !step.secretive && this.#redactor.empty) {
      this.#numbersOf(frame).next++;
      return step.exec(frame);
    }
    const watcher = new StepWatcher(step, frame, this.#redactor, isHeard);
    if (!this.#observer.active) return this.#perform(step, frame, watcher);
    const numbers = this.#numbersOf(frame);
    watcher.seq = numbers.next++;
    if (!isPlain) numbers.running.set(step, watcher.seq);
    if (isHeard) {
      // What came before, the end of a card or the start of a flow, has just read the clock.
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

  #succeeded(step: Step, frame: Frame, watcher: StepWatcher, outcome: StepOutcome): StepOutcome {
    watcher.left(outcome);
    this.#ended(step, frame, watcher, null);
    return outcome;
  }

  #failed(step: Step, frame: Frame, watcher: StepWatcher, error: unknown): Failure {
    const failure = locate(error, step, frame);
    this.#time.read();
    this.#ended(step, frame, watcher, failure);
    return failure;
  }

  #ended(step: Step, frame: Frame, watcher: StepWatcher, failure: Failure | null): void {
    if (watcher.record) {
      const error = failure === null ? null : this.#errorData(failure);
      this.#emit(cardEnded(step, frame, watcher, error, this.#time));
    }
    if (step.card.kind !== 'pure' || step.policy !== null) this.#numbersOf(frame).running.delete(step);
  }

  #perform(step: Step, frame: Frame, watcher: StepWatcher): StepOutcome | Promise<StepOutcome> {
    return step.policy === null
      ? attemptStep(step, frame, 1, watcher)
      : performWithPolicy(step, step.policy, frame, watcher);
  }

  /** An execution, with its events around it. */
  call(
    frame: Frame,
    proceed: () => FlowOutcome | Promise<FlowOutcome>,
    kind: ExecutionKind = frame.caller === null ? 'root' : 'call',
  ): FlowOutcome | Promise<FlowOutcome> {
    for (const { slot, field } of frame.plan.parameters) {
      if (field.secret) this.#redactor.add(frame.slots[slot] ?? null);
    }
    if (!this.#observer.active) return proceed();
    const { caller, via } = frame;
    // The number is gone by the time a flow that nobody waits for ends.
    const seq = caller === null || via === null ? 0 : (this.#numbersOf(caller).running.get(via) ?? 0);
    if (kind !== 'call') this.#time.read();
    const started = this.#time.elapsed;
    this.#emitCall('started', frame, seq);
    if (this.#observer.hears('execution')) this.#emitStarted(frame, kind);
    const end = (status: RunStatus, outputs: DataObject | null, error: unknown) => {
      this.#time.read();
      if (this.#observer.hears('execution')) this.#emitEnded(frame, kind, status, outputs, error, started);
      this.#emitCall('ended', frame, seq);
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

  #emitCall(phase: 'started' | 'ended', { caller, via, plan, index, executionId }: Frame, seq: number): void {
    if (caller === null || via === null || !this.#observer.hears('call')) return;
    this.#emit({
      type: 'call',
      phase,
      at: this.#time.at,
      runId: this.#run.id,
      callerExecutionId: caller.executionId,
      seq,
      card: via.id,
      calleeExecutionId: executionId,
      flow: plan.id,
      index,
    });
  }

  #emitStarted(frame: Frame, kind: ExecutionKind): void {
    this.#emit({
      type: 'execution',
      phase: 'started',
      at: this.#time.at,
      runId: this.#run.id,
      executionId: frame.executionId,
      parentExecutionId: frame.caller?.executionId ?? null,
      flow: frame.plan.id,
      flowName: frame.plan.name,
      kind,
      inputs: this.#parameters(frame),
    });
  }

  #emitEnded(
    frame: Frame,
    kind: ExecutionKind,
    status: RunStatus,
    outputs: DataObject | null,
    error: unknown,
    started: number,
  ): void {
    this.#emit({
      type: 'execution',
      phase: 'ended',
      at: this.#time.at,
      runId: this.#run.id,
      executionId: frame.executionId,
      parentExecutionId: frame.caller?.executionId ?? null,
      flow: frame.plan.id,
      flowName: frame.plan.name,
      kind,
      status,
      outputs,
      error: error === null ? null : this.#errorData(error),
      durationMs: this.#time.elapsed - started,
      steps: this.#numbersOf(frame).next,
    });
  }

  attempt(step: Step, frame: Frame, attempt: number, failure: Failure, delayMs: number): void {
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

  progress(step: Step, frame: Frame, done: number, total: number | null): void {
    if (!this.#observer.hears('progress')) return;
    this.#emit({ type: 'progress', at: this.#run.world.clock.now(), ...this.#place(step, frame), done, total });
  }

  log(
    level: LogLevel,
    message: string,
    details: Readonly<Record<string, unknown>> | null,
    step: Step,
    frame: Frame,
  ): void {
    const redacted = this.#redactor.redact(message);
    const data = details === null ? null : this.#data(details);
    this.#run.world.logger.log(level, redacted, { ...data, execution: frame.executionId, card: step.id });
    if (this.#observer.hears('log')) {
      this.#emit({
        type: 'log',
        at: this.#run.world.clock.now(),
        level,
        message: redacted,
        details: data,
        runId: this.#run.id,
        executionId: frame.executionId,
        card: step.id,
      });
    }
  }

  #place(step: Step, frame: Frame) {
    return {
      runId: this.#run.id,
      executionId: frame.executionId,
      seq: this.#numbersOf(frame).running.get(step) ?? 0,
      card: step.id,
    };
  }

  #numbersOf(frame: Frame): Numbers {
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

  #parameters(frame: Frame): DataObject {
    const inputs: Record<string, Value> = {};
    for (const { name, slot } of frame.plan.parameters) inputs[name] = frame.slots[slot] ?? null;
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
