/** Turns a step into the closure that the run loop calls. */
import { LimitError } from '../errors.js';
import type { Value } from '../values/index.js';
import type { Frame, Input, Output, Step, StepOutcome } from './types.js';

type Exec = Step['exec'];
type Read = (frame: Frame) => Value;
/** A card's function; what it takes and gives is checked by the compiled inputs and outputs around it. */
type Run = (...args: unknown[]) => unknown;

/**
 * A pure card with one output and up to three inputs gets a closure of its own: no argument array, no promise, no
 * context. Everything else goes through the run (`Performer.perform`).
 */
export function compileExec(step: Omit<Step, 'exec'>): Exec {
  // The step is complete but for this closure, which the run never reads from within `perform`.
  const whole = step as Step;
  if (!isPlain(step)) return (frame) => frame.run.perform(whole, frame);
  const run = step.card.run as Run;
  // A plain step has no input that may wait, so every reader gives its value at once.
  const reads = step.inputs.map((input) => input.read as Read);
  const [output] = step.outputs;
  if (step.extra.length === 0 && !step.card.extraInputs && step.outputs.length === 1 && output && reads.length <= 3) {
    return compileSingle(whole, run, reads, output);
  }
  return (frame) => {
    const outputs = run(...readArguments(whole, frame));
    if (!isReady(outputs)) return frame.run.settle(whole, frame, outputs);
    storeOutputs(whole, frame, outputs);
    releaseSlots(whole, frame);
    return undefined;
  };
}

function isPlain(step: Omit<Step, 'exec'>): boolean {
  return step.card.kind === 'pure' && step.policy === null && !step.mayWait && step.blocks.size === 0 && step.forward === null && !step.card.seesOutputs;
}

function isReady(outputs: unknown): outputs is Readonly<Record<string, Value>> {
  return typeof outputs === 'object' && outputs !== null && typeof (outputs as { then?: unknown }).then !== 'function';
}

function compileSingle(step: Step, run: Run, reads: readonly Read[], output: Output): Exec {
  const { name } = output;
  const [a, b, c] = reads as [Read, Read, Read];
  const store = storeOne(step, output);
  switch (reads.length) {
    case 0:
      return (frame) => {
        const outputs = run() as Record<string, Value> | undefined;
        const value = outputs?.[name];
        return value === undefined ? frame.run.settle(step, frame, outputs) : store(frame, value);
      };
    case 1:
      return (frame) => {
        const outputs = run(a(frame)) as Record<string, Value> | undefined;
        const value = outputs?.[name];
        return value === undefined ? frame.run.settle(step, frame, outputs) : store(frame, value);
      };
    case 2:
      return (frame) => {
        const outputs = run(a(frame), b(frame)) as Record<string, Value> | undefined;
        const value = outputs?.[name];
        return value === undefined ? frame.run.settle(step, frame, outputs) : store(frame, value);
      };
    default:
      return (frame) => {
        const outputs = run(a(frame), b(frame), c(frame)) as Record<string, Value> | undefined;
        const value = outputs?.[name];
        return value === undefined ? frame.run.settle(step, frame, outputs) : store(frame, value);
      };
  }
}

function storeOne(step: Step, output: Output): (frame: Frame, value: Value) => StepOutcome {
  const { slot, convert } = output;
  const { release } = step;
  const small = output.field.list !== true && (output.field.type === 'number' || output.field.type === 'boolean');
  // `release` is filled when the block is complete, so it is read late.
  if (small && convert === null) {
    return (frame, value) => {
      const { slots } = frame;
      slots[slot] = value;
      for (let i = 0; i < release.length; i++) slots[release[i] as number] = null;
      return undefined;
    };
  }
  return (frame, value) => {
    const { slots } = frame;
    slots[slot] = bounded(convert === null ? value : convert(value), frame);
    for (let i = 0; i < release.length; i++) slots[release[i] as number] = null;
    return undefined;
  };
}

/** Reads all inputs in the order in which the card's function takes them. Only for steps whose inputs never wait. */
export function readArguments(step: Step, frame: Frame): unknown[] {
  const { inputs, extra } = step;
  const args: unknown[] = new Array(inputs.length);
  for (let i = 0; i < inputs.length; i++) args[i] = (inputs[i] as Input).read(frame);
  if (takesRecord(step)) args.push(recordOf(extra, frame));
  return args;
}

/** Whether the card's function takes its extra inputs as a record after the declared ones. */
export function takesRecord(step: Step): boolean {
  return step.card.extraInputs !== undefined && step.card.extraInputs.forward === undefined;
}

function recordOf(inputs: readonly Input[], frame: Frame): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i] as Input;
    record[input.name] = input.read(frame);
  }
  return record;
}

/** Puts a card's outputs into their slots, converted where the author chose another type. Missing ones are null. */
export function storeOutputs(step: Step, frame: Frame, outputs: Readonly<Record<string, Value | undefined>>): void {
  const { slots } = frame;
  for (let i = 0; i < step.outputs.length; i++) {
    const { name, slot, convert } = step.outputs[i] as Output;
    const value = Object.hasOwn(outputs, name) ? (outputs[name] ?? null) : null;
    slots[slot] = bounded(convert === null ? value : convert(value), frame);
  }
}

/** Lets go of the values that no later step reads. */
export function releaseSlots(step: Step, frame: Frame): void {
  for (let i = 0; i < step.release.length; i++) frame.slots[step.release[i] as number] = null;
}

function bounded(value: Value, frame: Frame): Value {
  if (typeof value === 'string') {
    if (value.length > frame.run.limits.textLength) throw tooLong('textLength', 'text', value.length, frame.run.limits.textLength);
  } else if (Array.isArray(value) && value.length > frame.run.limits.listLength) {
    throw tooLong('listLength', 'list', value.length, frame.run.limits.listLength);
  }
  return value;
}

function tooLong(limit: string, what: string, length: number, most: number): LimitError {
  return new LimitError(limit, `A ${what} of length ${length} exceeds the limit ${limit} (${most}).`, {
    hint: `Process it in parts, or raise the limit ${limit}.`,
  });
}
