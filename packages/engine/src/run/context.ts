/** What a card that is not pure may use during one attempt. */

import type {
  Answer,
  BlockOutcome,
  CallEachOptions,
  CallOptions,
  CardContext,
  FlowResult,
  Outputs,
} from '../cards/index.js';
import { Leave } from '../cards/index.js';
import type { FlowDocument, FlowFile } from '../document/index.js';
import { RunError } from '../errors.js';
import { type FlowPlan, PlannedFlow, type Step } from '../plan/index.js';
import type { Clock, Connection, FileStore, HttpPort, Logger, Random, TableStore } from '../ports/index.js';
import { type DataObject, deepFreeze, type FlowRef, type Value, type ValueObject } from '../values/index.js';
import { blockOf, type Provided, runBlock } from './block.js';
import { assign, assignArguments, assignItem, enterWith } from './call.js';
import { callEach } from './each.js';
import { errorObject } from './failure.js';
import type { Frame } from './frame.js';
import { handled } from './handled.js';
import { withinOutputLength } from './limits.js';
import { originOf } from './origin.js';
import { connectionOut, connectionTaken, httpOf, loggerOf, tablesOf } from './services.js';
import { take } from './step-values.js';
import type { Effect } from './waiting.js';

export class StepContext implements CardContext, Effect {
  readonly #frame: Frame;
  readonly #step: Step;
  readonly #attempt: number;
  /** Made when a card asks for its signal. */
  #controller: AbortController | null = null;

  constructor(frame: Frame, step: Step, attempt: number) {
    this.#frame = frame;
    this.#step = step;
    this.#attempt = attempt;
  }

  get runId(): string {
    return this.#frame.run.id;
  }

  get metadata(): DataObject {
    return this.#frame.run.origin.metadata;
  }

  get executionId(): string {
    return this.#frame.executionId;
  }

  get cardId(): string {
    return this.#step.id;
  }

  get flowId(): string {
    return this.#frame.plan.id;
  }

  get key(): string {
    return this.#frame.key(this.#step, this.#attempt);
  }

  get signal(): AbortSignal {
    this.#controller ??= this.#frame.run.controller();
    return this.#controller.signal;
  }

  /** Aborts the card's signal, if it ever asked for one. */
  abort(reason: unknown): void {
    this.#controller?.abort(reason);
  }

  /** The attempt is over: the run need not keep the signal any longer. */
  release(): void {
    if (this.#controller) this.#frame.run.forget(this.#controller);
  }

  get clock(): Clock {
    return this.#frame.run.world.clock;
  }

  get random(): Random {
    return this.#frame.run.world.random;
  }

  get tables(): TableStore {
    return tablesOf(this.#frame.run);
  }

  get files(): FileStore {
    return this.#frame.run.world.files;
  }

  get logger(): Logger {
    return loggerOf(this.#frame.run, this.#step, this.#frame);
  }

  get http(): HttpPort {
    const { run, connection } = this.#frame;
    return httpOf(run, originOf(this.#step, this.#frame, this.#attempt), connectionOut(run, this.#step, connection));
  }

  get connection(): Connection | null {
    return connectionTaken(this.#frame.run, this.#step, this.#frame.connection);
  }

  return(outputs: Outputs, answer?: Answer): Leave {
    return new Leave('return', outputs, answer);
  }

  stop(outputs: Outputs = {}): Leave {
    return new Leave('stop', outputs);
  }

  get blockNames(): readonly string[] {
    return [...this.#step.blocks.keys()];
  }

  blockInputs(name: string): readonly Value[] | Promise<readonly Value[]> {
    const { inputs } = blockOf(this.#step, name);
    const values: (Value | Promise<Value>)[] = [];
    let waits = false;
    for (const input of inputs) {
      values.push(take(input, this.#frame));
      if (input.mayWait) waits = true;
    }
    // Without a waiting input every element is a value.
    return waits ? Promise.all(values) : (values as Value[]);
  }

  runBlock(name: string, provided: Provided = NO_OPTIONS): BlockOutcome | Promise<BlockOutcome> {
    return handled(runBlock(this.#frame, this.#step, this.#attempt, name, provided));
  }

  errorObject(error: unknown): ValueObject {
    return errorObject(error);
  }

  call(flow: FlowRef, options: CallOptions = NO_OPTIONS): FlowResult | Promise<FlowResult> {
    return handled(this.#call(planOf(flow), options));
  }

  #call(plan: FlowPlan, options: CallOptions): FlowResult | Promise<FlowResult> {
    const frame = this.#frame;
    const step = this.#step;
    const { forward } = step;
    const slots = plan.initial.slice();
    const index = options.index ?? null;
    if (forward?.args && forward.target === plan) {
      assignArguments(forward.args, slots, frame, options.item ?? null);
      if (options.inputs) assign(plan, slots, options.inputs);
      return enterWith(frame, step, this.#attempt, plan, slots, index);
    }
    const fillWith = (inputs: Outputs) => {
      (options.item === undefined ? assign : assignItem)(plan, slots, inputs);
      return enterWith(frame, step, this.#attempt, plan, slots, index);
    };
    const inputs = this.#forwarded(options.item ?? null, options.inputs);
    return inputs instanceof Promise ? inputs.then(fillWith) : fillWith(inputs);
  }

  callEach(
    flow: FlowRef,
    items: readonly Value[],
    options: CallEachOptions = NO_OPTIONS,
  ): readonly Value[] | Promise<readonly Value[]> {
    const plan = planOf(flow);
    const { forward } = this.#step;
    return handled(
      callEach({
        frame: this.#frame,
        step: this.#step,
        attempt: this.#attempt,
        plan,
        args: forward?.target === plan ? forward.args : null,
        inputs: (item) => this.#forwarded(item, undefined),
        items,
        options,
      }),
    );
  }

  spawn(flow: FlowRef, options: CallOptions = NO_OPTIONS): string | Promise<string> {
    const plan = planOf(flow);
    const inputs = this.#forwarded(options.item ?? null, options.inputs);
    return handled(this.#frame.run.seam.spawn(this.#frame, this.#step, this.#attempt, plan, inputs));
  }

  flowDocument(flow: FlowRef): FlowDocument {
    return deepFreeze({ flowdeck: 1, ...planOf(flow).document });
  }

  deckDocument(): FlowFile {
    return deepFreeze(this.#frame.plan.deck.document);
  }

  sleep(ms: number): Promise<undefined> {
    const frame = this.#frame;
    const wait = Number.isFinite(ms) && ms > 0 ? ms : 0;
    return frame.run.seam.sleep(frame.run.seam.isDurable ? this.key : '', wait, this.#step, frame);
  }

  waitFor(signal: string, timeoutMs?: number): Promise<Value> {
    const frame = this.#frame;
    return frame.run.seam.waitFor(this.key, signal, timeoutMs, this.#step, frame);
  }

  respond(answer: Answer): boolean {
    const { run } = this.#frame;
    return run.respond(withinOutputLength(answer, run.limits));
  }

  /** Forwarded values by name, for a flow that is not known at compile time. */
  #forwarded(item: Value, more: Outputs | undefined): Outputs | Promise<Outputs> {
    const values: Record<string, Value> = {};
    const all = this.#step.forward?.all ?? [];
    if (all.some((forward) => forward.mayWait)) {
      return (async () => {
        for (const forward of all) values[forward.name] = await forward.read(this.#frame, item);
        return Object.assign(values, more);
      })();
    }
    // No forwarded reader waits, so each gives its value at once.
    for (const forward of all) values[forward.name] = forward.read(this.#frame, item) as Value;
    return Object.assign(values, more);
  }
}

const NO_OPTIONS = Object.freeze({});

function planOf(flow: FlowRef): FlowPlan {
  const plan = PlannedFlow.planOf(flow);
  if (plan !== null) return plan;
  throw new RunError('not-a-flow', 'The card was given no flow to call.', {
    hint: 'Bind the input with {"flow": "id"}.',
  });
}
