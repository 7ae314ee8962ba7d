/** What goes into a card and what comes out of it: slots to arguments, outputs to slots. */
import { LimitError } from '../errors.js';
import { type Input, isOfType, type Operand, type Output, type Readable, type Step } from '../plan/index.js';
import type { Value } from '../values/index.js';
import type { Frame } from './frame.js';

/** The value of an input; a promise only of one that may wait. */
export function take(operand: Operand, frame: Readable): Value {
  const value = operand.slot >= 0 ? (frame.slots[operand.slot] ?? operand.fill) : operand.fill;
  if (operand.read === null || isOfType(value, operand.held)) return value;
  return operand.read(frame);
}

/** Reads all inputs in the order in which the card's function takes them. Only for steps whose inputs never wait. */
export function readArguments(step: Step, frame: Frame): unknown[] {
  const { inputs, extra } = step;
  const args: unknown[] = new Array(inputs.length);
  for (let i = 0; i < inputs.length; i++) args[i] = take(inputs[i] as Input, frame); // within the length
  if (takesRecord(step)) args.push(recordOf(extra, frame));
  return args;
}

/** Whether the card's function takes its extra inputs as a record after the declared ones. */
export function takesRecord(step: Step): boolean {
  return step.card.extraInputs !== undefined && step.card.extraInputs.forward === undefined;
}

/** What a card gets to which its author gave no extra input: one for all, so nobody may write to it. */
export const NO_EXTRAS: Readonly<Record<string, never>> = Object.freeze({});

/** Extra inputs by name, for a card that takes them so. Only where none of them waits. */
export function recordOf(inputs: readonly Input[], frame: Readable): Readonly<Record<string, unknown>> {
  if (inputs.length === 0) return NO_EXTRAS;
  const record: Record<string, unknown> = {};
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i] as Input; // within the length
    record[input.name] = take(input, frame);
  }
  return record;
}

/**
 * Puts a card's outputs into their slots, converted where the author chose another type. One that the card did not give
 * is null, a list too; only a null that it gave becomes the empty list.
 */
export function storeOutputs(step: Step, frame: Frame, outputs: Readonly<Record<string, Value | undefined>>): void {
  const { slots } = frame;
  for (let i = 0; i < step.outputs.length; i++) {
    const { name, slot, convert } = step.outputs[i] as Output; // within the length
    const value = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
    slots[slot] = value === undefined ? null : withinLimits(convert === null ? value : convert(value), frame);
  }
}

/** Outputs by name, and not something that has to be looked into first. */
export function isOutputs(outputs: unknown): outputs is Readonly<Record<string, Value>> {
  return (
    typeof outputs === 'object' &&
    outputs !== null &&
    !Array.isArray(outputs) &&
    typeof (outputs as { then?: unknown }).then !== 'function' // any object may have one
  );
}

/** Lets go of the values that no later step reads. */
export function releaseSlots(step: Step, frame: Frame): void {
  for (let i = 0; i < step.release.length; i++) frame.slots[step.release[i] as number] = null; // within the length
}

/** The value, unless it is longer than the run allows. */
export function withinLimits(value: Value, frame: Frame): Value {
  if (typeof value === 'string') {
    if (value.length > frame.run.longText) checkLong('textLength', 'text', value.length, frame);
  } else if (Array.isArray(value) && value.length > frame.run.longList)
    checkLong('listLength', 'list', value.length, frame);
  return value;
}

function checkLong(limit: 'textLength' | 'listLength', what: string, length: number, { run }: Frame): void {
  if (length > run.limits[limit]) throw valueTooLong(limit, what, length, run.limits[limit]);
  run.holdsLarge();
}

function valueTooLong(limit: string, what: string, length: number, most: number): LimitError {
  return new LimitError(limit, `A ${what} of length ${length} exceeds the limit ${limit} (${most}).`, {
    hint: `Process it in parts, or raise the limit ${limit}.`,
  });
}
