/** Calls one flow from another: a new frame, no new run, no new promise. */
import type { Outputs } from '../cards/index.js';
import { LimitError } from '../errors.js';
import type { ExecutionKind } from '../observe/index.js';
import type { Argument, BlockPlan, FlowPlan, Step, StepOutcome } from '../plan/index.js';
import type { Value, ValueObject } from '../values/index.js';
import { Frame } from './frame.js';
import { runQuiet, runSteps } from './loop.js';
import { FlowOutcome } from './outcome.js';
import { connectionNamed, valuesNow } from './services.js';

export interface FlowCall {
  readonly caller: Frame;
  readonly step: Step;
  readonly attempt: number;
  readonly plan: FlowPlan;
  /** Values by name of the callee's parameters; unknown names are ignored. */
  readonly inputs?: Outputs | undefined;
  readonly error?: ValueObject;
  readonly connection?: ValueObject | null;
}

/** Calls a flow by name of its parameters. */
export function callFlow(call: FlowCall): FlowOutcome | Promise<FlowOutcome> {
  const slots = call.plan.initial.slice();
  if (call.inputs) assign(call.plan, slots, call.inputs);
  return enterWith(call.caller, call.step, call.attempt, call.plan, slots, null, call.error ?? null);
}

/** Fills the slots of parameters by name, converted to their types. */
export function assign(plan: FlowPlan, slots: Value[], inputs: Outputs): void {
  for (const name of Object.keys(inputs)) {
    const parameter = plan.parameter.get(name);
    if (parameter) slots[parameter.slot] = parameter.convert(inputs[name]);
  }
}

/** The same for values per item. */
export function assignItem(plan: FlowPlan, slots: Value[], inputs: Outputs): void {
  for (const name of Object.keys(inputs)) {
    const parameter = plan.parameter.get(name);
    if (parameter) slots[parameter.slot] = parameter.convertItem(inputs[name]);
  }
}

/** Fills the slots that a call is aimed at since compile time. */
export function assignArguments(args: readonly Argument[], slots: Value[], frame: Frame, item: Value): void {
  for (let i = 0; i < args.length; i++) {
    const { slot, read } = args[i] as Argument; // within the length
    slots[slot] = read(frame, item);
  }
}

/** A call takes the card's connection along, as it is when the call begins, else that of the calling flow. */
function connectionOf(caller: Frame, step: Step): ValueObject | null | Promise<ValueObject> {
  return step.connection === null ? caller.connection : valuesNow(caller.run, step.connection);
}

/** The same without asking again: of a call that is carried out elsewhere only the name of the connection goes along. */
export function connectionAtHand(caller: Frame, step: Step): ValueObject | null {
  return step.connection === null ? caller.connection : connectionNamed(caller.run, step.connection).values;
}

/** Runs a flow in a new frame, with the connection of the call. */
export function enterWith(
  caller: Frame,
  step: Step,
  attempt: number,
  plan: FlowPlan,
  slots: Value[],
  index: number | null,
  error: ValueObject | null = null,
): FlowOutcome | Promise<FlowOutcome> {
  const { seam } = caller.run;
  const connection = connectionOf(caller, step);
  return connection instanceof Promise
    ? connection.then((values) => seam.enter(caller, step, attempt, plan, slots, index, values, error))
    : seam.enter(caller, step, attempt, plan, slots, index, connection, error);
}

/** Runs a flow in a new frame. */
export function enter(
  caller: Frame,
  step: Step,
  attempt: number,
  plan: FlowPlan,
  slots: Value[],
  index: number | null,
  connection: ValueObject | null,
  error: ValueObject | null,
): FlowOutcome | Promise<FlowOutcome> {
  return begin(activate(caller, step, attempt, plan, slots, index, connection, error), step);
}

/** The frame of a call that may begin: no flow is called too deep, here or elsewhere. */
export function activate(
  caller: Frame,
  step: Step,
  attempt: number,
  plan: FlowPlan,
  slots: Value[],
  index: number | null,
  connection: ValueObject | null,
  error: ValueObject | null,
): Frame {
  const { run } = caller;
  const depth = caller.depth + 1;
  if (depth > run.limits.callDepth) throw depthLimit(run.limits.callDepth);
  const frame = new Frame(plan, slots, connection, run, caller, step, index, attempt, depth);
  frame.error = error;
  return frame;
}

/** Runs the flow of a frame that `activate` gave, when others have had their turn. */
export function begin(frame: Frame, step: Step): FlowOutcome | Promise<FlowOutcome> {
  const { run } = frame;
  return run.spend(step, frame) ? run.afterTurn(() => told(frame)) : told(frame);
}

/** The same, while nobody watches. */
export function beginQuiet(frame: Frame, step: Step): FlowOutcome | Promise<FlowOutcome> {
  const { run } = frame;
  return run.spend(step, frame) ? run.afterTurn(() => told(frame)) : proceed(frame, runQuiet);
}

/** Runs the body of a flow in its frame, and tells those who listen. */
export function told(frame: Frame, kind?: ExecutionKind): FlowOutcome | Promise<FlowOutcome> {
  const { run } = frame;
  return run.watched ? run.watch.call(frame, () => proceed(frame, runSteps), kind) : proceed(frame, runQuiet);
}

/** Runs the body of a flow in its frame. */
function proceed(frame: Frame, run: typeof runSteps): FlowOutcome | Promise<FlowOutcome> {
  const outcome = run(frame.plan.body.steps, frame);
  return outcome instanceof Promise
    ? outcome.then((later) => concludeFlow(frame, later))
    : concludeFlow(frame, outcome);
}

/** The result rules of control flow, section 1.8. */
export function concludeFlow(frame: Frame, outcome: StepOutcome): FlowOutcome {
  const { plan } = frame;
  if (outcome === undefined) return new FlowOutcome('end', outputsOfLast(plan.body, frame), plan);
  if (outcome.kind === 'stop') return new FlowOutcome('stop', outcome.outputs, plan);
  return new FlowOutcome('return', convertOutputs(plan, outcome.outputs), plan, outcome.answer ?? null);
}

/** Converts returned values to the types that the flow declares for its outputs. */
function convertOutputs(plan: FlowPlan, outputs: Outputs): Outputs {
  let converted: Record<string, Value> | null = null;
  for (const { name, convert } of plan.returned) {
    const value = outputs[name];
    if (value === undefined || value === null) continue;
    const result = convert(value);
    if (result !== value) {
      converted ??= { ...outputs };
      converted[name] = result;
    }
  }
  return converted ?? outputs;
}

/** What a block without a Return gives: the outputs of its last card. */
export function outputsOfLast(block: BlockPlan, frame: Frame): Outputs {
  if (block.idle !== null) return block.idle;
  const outputs: Record<string, Value> = {};
  for (const { name, slot } of block.result) outputs[name] = frame.slots[slot] ?? null;
  return outputs;
}

function depthLimit(most: number): LimitError {
  return new LimitError('callDepth', `Flows call each other more than ${most} deep: the limit callDepth is exceeded.`, {
    hint: 'Look for a recursion that does not end, or raise the limit callDepth.',
  });
}
