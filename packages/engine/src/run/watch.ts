/** Tells those who watch what a run does. Reached only when somebody watches, or when there are secrets to follow. */
import type { ErrorData, EventSink, ExecutionKind, FlowEvent, Redactor, RunStatus } from '../observe/index.js';
import type { Step } from '../plan/index.js';
import type { LogLevel, RunOrigin } from '../ports/index.js';
import type { DataObject, Value } from '../values/index.js';
import { CardNumbers } from './card-numbers.js';
import { EventTime } from './event-time.js';
import type { Execution } from './execution.js';
import { Failure, failureData } from './failure.js';
import type { FlowOutcome } from './outcome.js';
import { Traces } from './trace.js';
import type { World } from './world.js';

/** The run that is watched. */
export interface Watched {
  readonly id: string;
  readonly origin: RunOrigin;
  readonly world: World;
  readonly halted: { readonly code: string } | null;
  /** Not null: this life of the run is over, and nothing more is told of it. */
  readonly givenUp: unknown;
  /** The execution that called the first one from elsewhere. */
  readonly entrance: { readonly parent: string | null } | null;
}

export class Watch {
  readonly events: EventSink;
  readonly redactor: Redactor;
  readonly time: EventTime;
  readonly numbers = new CardNumbers();
  readonly traces = new Traces();
  readonly #run: Watched;

  constructor(run: Watched, events: EventSink, redactor: Redactor) {
    this.#run = run;
    this.time = new EventTime(run.world.clock);
    this.events = events;
    this.redactor = redactor;
  }

  /** An execution, with its events around it. */
  call(
    execution: Execution,
    proceed: () => FlowOutcome | Promise<FlowOutcome>,
    kind: ExecutionKind = execution.caller === null ? 'root' : 'call',
  ): FlowOutcome | Promise<FlowOutcome> {
    for (const { slot, field } of execution.plan.parameters) {
      if (field.secret) this.redactor.add(execution.slots[slot] ?? null);
    }
    if (!this.events.active) return this.#noting(execution, proceed);
    // The number is gone by the time a flow that nobody waits for ends.
    const seq = this.#seqOf(execution);
    if (kind !== 'call') this.time.read();
    const started = this.numbers.begins(execution, this.time.elapsed);
    this.#emitCall('started', execution, seq);
    if (this.events.hears('execution')) this.#emitStarted(execution, kind);
    const end = (status: RunStatus, outputs: DataObject | null, error: unknown) => {
      this.time.read();
      if (this.events.hears('execution')) this.#emitEnded(execution, kind, status, outputs, error, started);
      this.#emitCall('ended', execution, seq);
    };
    const succeed = (outcome: FlowOutcome) => {
      this.#noteOutputs(execution, outcome);
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

  /** A call that is carried out elsewhere begins. The function that it gives tells of its end. */
  sent(execution: Execution): () => void {
    const seq = this.#seqOf(execution);
    this.time.read();
    this.#emitCall('started', execution, seq);
    return () => {
      this.time.read();
      this.#emitCall('ended', execution, seq);
    };
  }

  /** The number of the calling card. */
  #seqOf({ caller, via }: Execution): number {
    return caller === null || via === null ? 0 : (this.numbers.of(caller).running.get(via)?.seq ?? 0);
  }

  /** What a flow gives as a secret, such as a token that it fetched, is one from then on. */
  #noteOutputs({ plan }: Execution, { outputs }: FlowOutcome): void {
    for (const [name, { field }] of plan.outputs) if (field.secret) this.redactor.add(outputs[name] ?? null);
  }

  #noting(execution: Execution, proceed: () => FlowOutcome | Promise<FlowOutcome>): FlowOutcome | Promise<FlowOutcome> {
    const note = (outcome: FlowOutcome) => {
      this.#noteOutputs(execution, outcome);
      return outcome;
    };
    const outcome = proceed();
    return outcome instanceof Promise ? outcome.then(note) : note(outcome);
  }

  #emitCall(phase: 'started' | 'ended', { caller, via, plan, index, executionId }: Execution, seq: number): void {
    if (caller === null || via === null || !this.events.hears('call')) return;
    this.emit({
      type: 'call',
      phase,
      at: this.time.at,
      runId: this.#run.id,
      callerExecutionId: caller.executionId,
      seq,
      card: via.id,
      calleeExecutionId: executionId,
      flow: plan.id,
      index,
    });
  }

  #emitStarted(execution: Execution, kind: ExecutionKind): void {
    this.emit({
      type: 'execution',
      phase: 'started',
      at: this.time.at,
      runId: this.#run.id,
      executionId: execution.executionId,
      parentExecutionId: this.#parentOf(execution),
      flow: execution.plan.id,
      flowName: execution.plan.name,
      kind,
      inputs: this.#parameters(execution),
    });
  }

  #emitEnded(
    execution: Execution,
    kind: ExecutionKind,
    status: RunStatus,
    outputs: DataObject | null,
    error: unknown,
    started: number,
  ): void {
    this.emit({
      type: 'execution',
      phase: 'ended',
      at: this.time.at,
      runId: this.#run.id,
      executionId: execution.executionId,
      parentExecutionId: this.#parentOf(execution),
      flow: execution.plan.id,
      flowName: execution.plan.name,
      kind,
      status,
      outputs,
      error: error === null ? null : this.errorData(error),
      durationMs: this.time.elapsed - started,
      steps: this.numbers.of(execution).next,
    });
  }

  attempt(step: Step, execution: Execution, attempt: number, failure: Failure, delayMs: number): void {
    if (!this.events.hears('attempt')) return;
    this.emit({
      type: 'attempt',
      at: this.#run.world.clock.now(),
      ...this.#place(step, execution),
      attempt,
      error: this.errorData(failure),
      delayMs,
    });
  }

  progress(step: Step, execution: Execution, done: number, total: number | null): void {
    if (!this.events.hears('progress')) return;
    this.emit({ type: 'progress', at: this.#run.world.clock.now(), ...this.#place(step, execution), done, total });
  }

  log(
    level: LogLevel,
    message: string,
    details: Readonly<Record<string, unknown>> | null,
    step: Step,
    execution: Execution,
  ): void {
    const redacted = this.redactor.redact(message);
    const data = details === null ? null : this.#data(details);
    const { world, origin } = this.#run;
    world.logger.log(level, redacted, {
      ...data,
      ...(Object.keys(origin.metadata).length > 0 && { metadata: origin.metadata }),
      execution: execution.executionId,
      card: step.id,
    });
    if (this.events.hears('log')) {
      this.emit({
        type: 'log',
        at: this.#run.world.clock.now(),
        level,
        message: redacted,
        details: data,
        runId: this.#run.id,
        executionId: execution.executionId,
        card: step.id,
      });
    }
  }

  #place(step: Step, execution: Execution) {
    return {
      runId: this.#run.id,
      executionId: execution.executionId,
      seq: this.numbers.of(execution).running.get(step)?.seq ?? 0,
      card: step.id,
    };
  }

  #parentOf({ caller }: Execution): string | null {
    return caller === null ? (this.#run.entrance?.parent ?? null) : caller.executionId;
  }

  #parameters(execution: Execution): DataObject {
    const inputs: Record<string, Value> = {};
    for (const { name, slot } of execution.plan.parameters) inputs[name] = execution.slots[slot] ?? null;
    return this.#data(inputs);
  }

  #data(value: unknown): DataObject {
    const data = this.redactor.data(value);
    // A record stays a record, unless it cannot be told: then its place is taken by a text.
    return typeof data === 'object' && data !== null ? (data as DataObject) : { '…': data };
  }

  /** An error as event data, without secrets. */
  errorData(error: unknown): ErrorData {
    return error instanceof Failure ? this.redactor.redact(failureData(error)) : this.redactor.errorData(error);
  }

  emit(event: FlowEvent): void {
    this.traces.end();
    if (this.#run.givenUp === null) this.events.emit(event);
  }
}
