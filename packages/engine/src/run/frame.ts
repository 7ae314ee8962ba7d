/** One activation of a flow: its slots, its caller, its name. */
import type { ExpressionContext } from '../expression/index.js';
import type { ContextKey, FlowPlan, Step } from '../plan/index.js';
import type { Value, ValueObject } from '../values/index.js';
import { realTime } from './breath.js';
import type { Execution } from './execution.js';
import type { Run } from './run.js';
import { seededRandom } from './seeded.js';

export class Frame implements Execution {
  readonly plan: FlowPlan;
  readonly slots: Value[];
  /** Asked for again before a flow begins that nobody waits for. */
  connection: ValueObject | null;
  readonly run: Run;
  /** The calling frame and card; null for the flow that the run was started with. */
  readonly caller: Frame | null;
  readonly via: Step | null;
  /** Position in a loop, or null. */
  index: number | null;
  /** Attempt of the calling card, from 1. */
  readonly attempt: number;
  readonly depth: number;
  /** Error that an error-handler flow is run with. */
  error: ValueObject | null = null;
  /** Id of an execution that nobody waits for, kept: those below it would walk the whole way up else. */
  home: string | null = null;
  /** True: a pass of a loop block. It shares its flow with `caller`, and has slots and a name of its own. */
  readonly pass: boolean;

  constructor(
    plan: FlowPlan,
    slots: Value[],
    connection: ValueObject | null,
    run: Run,
    caller: Frame | null,
    via: Step | null,
    index: number | null,
    attempt: number,
    depth: number,
    pass = false,
  ) {
    this.plan = plan;
    this.slots = slots;
    this.connection = connection;
    this.run = run;
    this.caller = caller;
    this.via = via;
    this.index = index;
    this.attempt = attempt;
    this.depth = depth;
    this.pass = pass;
  }

  /** Makes it the activation for the next item of a loop. Only one that nothing keeps. */
  renew(index: number): void {
    const { initial } = this.plan;
    for (let slot = 0; slot < initial.length; slot++) this.slots[slot] = initial[slot] as Value; // within the length
    this.index = index;
  }

  get runId(): string {
    return this.run.id;
  }

  /**
   * Id of this execution: the run's own, or the path of calls that led here, such as `run/each.3`. Made when asked for:
   * most executions never are.
   */
  get executionId(): string {
    // Not recursive: flows that wait may be called deeper than the call stack goes.
    let path = '';
    for (let frame: Frame = this; frame.caller !== null && frame.via !== null; frame = frame.caller) {
      if (frame.home !== null) return frame.home + path;
      const index = frame.index === null ? '' : `.${frame.index}`;
      path = stepName(frame.via, frame.attempt) + index + path;
    }
    return (this.run.entrance?.executionId ?? this.run.id) + path;
  }

  /** Stable id of a step in this execution, for runtimes and as idempotency key. */
  key(step: Step, attempt: number): string {
    return this.executionId + stepName(step, attempt);
  }

  /** Time and randomness of an expression come from the run and its place in it, so that a replay sees the same. */
  expressionContext(source: string): ExpressionContext {
    const { run } = this;
    const { breath, clock } = run.world;
    return {
      now: () => run.startedAt,
      random: seededRandom(`${this.executionId} ${source}`),
      signal: {
        get aborted() {
          return run.over;
        },
      },
      yield: () => breath.turn(),
      due: () => breath.due(realTime(clock)),
    };
  }

  get holdsSecrets(): boolean {
    return this.run.holdsSecrets;
  }

  derived(sources: readonly Value[], made: Value): void {
    this.run.redactor.derive(sources, made);
  }

  context(key: ContextKey): Value {
    switch (key) {
      case 'index':
        return this.pass ? (this.caller?.context('index') ?? null) : this.index;
      case 'caller':
        return this.callerObject();
      case 'error':
        return this.error;
      case 'execution_id':
        return this.executionId;
      case 'execution_time':
        return new Date(this.run.startedAt).toISOString();
    }
  }

  /** `{id, method, name, execution_id, root_execution_id}` of the calling flow (reference: control flow, section 3.2). */
  private callerObject(): ValueObject | null {
    if (this.pass) return this.caller?.callerObject() ?? null;
    const { caller, via } = this;
    if (caller === null || via === null) return this.run.entrance?.caller ?? null;
    return {
      id: caller.plan.id,
      method: via.id,
      name: caller.plan.name,
      execution_id: caller.executionId,
      root_execution_id: this.run.id,
    };
  }
}

function stepName(step: Step, attempt: number): string {
  return attempt === 1 ? `/${step.id}` : `/${step.id}#${attempt}`;
}
