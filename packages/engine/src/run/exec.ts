/** Turns a step into the closure that the run loop calls. */
import {
  type HeldType,
  type Input,
  isOfType,
  isPlain,
  type Output,
  SINK,
  type Step,
  type StepOutcome,
} from '../plan/index.js';
import type { Value } from '../values/index.js';
import type { Frame } from './frame.js';
import { isLarge } from './large.js';
import { beginControl, countStep, finishControl, perform, settle } from './perform.js';
import { readArguments, recordOf, releaseSlots, storeOutputs, takesRecord, withinLimits } from './step-values.js';

type Exec = (frame: Frame) => StepOutcome | Promise<StepOutcome>;
/** A card's function; what it takes and gives is checked by the compiled inputs and outputs around it. */
type CardCode = (...args: unknown[]) => unknown;
/** The same, of a card with one output. Whatever else it gives has no value under that name, and is looked at then. */
type SingleCode = (...args: unknown[]) => Readonly<Record<string, Value>> | undefined;

/**
 * A pure card with one output and up to three inputs gets a closure of its own: no argument array, no promise, no
 * context. Everything else goes through `perform`.
 */
export function compileExec(step: Step): Exec {
  const made = compileUncounted(step);
  const exec = step.inputs.some((input) => isLarge(input.constant)) ? takingLarge(made) : made;
  return step.plain && step.counts ? counting(step, exec) : exec;
}

/** A card whose document gives it a value that takes long to work with. */
function takingLarge(exec: Exec): Exec {
  return (frame) => {
    frame.run.holdsLarge();
    return exec(frame);
  };
}

/** A plain card that counts for those before it, in a long row. */
function counting(step: Step, exec: Exec): Exec {
  return (frame) => {
    const { run } = frame;
    return countStep(step, frame) ? run.afterTurn(() => exec(frame)) : exec(frame);
  };
}

function compileUncounted(step: Step): Exec {
  if (!isPlain(step)) return isPlainControl(step) ? compileControl(step) : (frame) => perform(step, frame);
  const run = step.run as CardCode; // see CardCode
  const [output] = step.outputs;
  const isSingle = step.outputs.length === 1 && output?.convert === null && step.release.length <= 1;
  if (output && isSingle && !takesRecord(step) && step.inputs.length <= 3) {
    return compileSingle(step, run as SingleCode, output); // see SingleCode
  }
  const isSmall = step.small;
  return (frame) => {
    const outputs = run(...readArguments(step, frame));
    if (!isReady(outputs)) return settle(step, frame, outputs);
    storeOutputs(step, frame, outputs);
    releaseSlots(step, frame);
    return isSmall || !frame.run.large ? undefined : frame.run.lookAfter(step, frame);
  };
}

/** A control card that needs neither a policy nor to wait for its inputs. */
function isPlainControl(step: Step): boolean {
  const { card } = step;
  return (
    card.kind === 'control' &&
    !card.named &&
    !card.seesOutputs &&
    step.policy === null &&
    !step.mayWait &&
    step.inputs.length <= 3
  );
}

/**
 * Control cards frame everything else, so they get closures of their own too. A card is counted before its inputs are
 * read, so that one that fails for an input counts like any other.
 */
function compileControl(step: Step): Exec {
  const run = step.run as CardCode; // see CardCode
  const { extra } = step;
  // At most three, and only those there are get read.
  const [a, b, c] = step.inputs.map(operandOf) as [Operand, Operand, Operand];
  if (takesRecord(step)) {
    if (step.inputs.length > 0) return (frame) => perform(step, frame);
    return (frame) => {
      const context = beginControl(step, frame);
      return finishControl(step, frame, run(recordOf(extra, frame), context));
    };
  }
  switch (step.inputs.length) {
    case 0:
      return (frame) => {
        const context = beginControl(step, frame);
        return finishControl(step, frame, run(context));
      };
    case 1:
      return (frame) => {
        const context = beginControl(step, frame);
        return finishControl(step, frame, run(take(a, frame), context));
      };
    case 2:
      return (frame) => {
        const context = beginControl(step, frame);
        return finishControl(step, frame, run(take(a, frame), take(b, frame), context));
      };
    default:
      return (frame) => {
        const context = beginControl(step, frame);
        return finishControl(step, frame, run(take(a, frame), take(b, frame), take(c, frame), context));
      };
  }
}

function isReady(outputs: unknown): outputs is Readonly<Record<string, Value>> {
  return (
    typeof outputs === 'object' &&
    outputs !== null &&
    !Array.isArray(outputs) &&
    typeof (outputs as { then?: unknown }).then !== 'function' // any object may have one
  );
}

/** An input as the hot path reads it: a slot, else a constant, else a function. One shape, so that reading it is one load. */
interface Operand {
  readonly slot: number;
  readonly fill: Value;
  readonly held: HeldType;
  /** Null: what the slot holds, or `fill`, is the value. */
  readonly read: ((frame: Frame) => Value) | null;
}

function operandOf(input: Input): Operand {
  // A plain step has no input that may wait.
  const read = input.read as (frame: Frame) => Value;
  const { direct, constant } = input;
  if (direct) {
    const { slot, fill, held } = direct;
    return { slot, fill, held, read: held === null ? null : read };
  }
  if (constant !== undefined) return { slot: -1, fill: constant, held: null, read: null };
  return { slot: -1, fill: null, held: null, read };
}

function take(operand: Operand, frame: Frame): Value {
  const value = operand.slot >= 0 ? (frame.slots[operand.slot] ?? operand.fill) : operand.fill;
  if (operand.read === null || isOfType(value, operand.held)) return value;
  return operand.read(frame);
}

/** Where most cards end up. Every variant is written out: a call more would cost as much as the rest of it. */
function compileSingle(step: Step, run: SingleCode, output: Output): Exec {
  const { name, slot } = output;
  const release = step.release[0] ?? SINK;
  const isSmall = step.small;
  // At most three, and only those there are get read.
  const [a, b, c] = step.inputs.map(operandOf) as [Operand, Operand, Operand];
  switch (step.inputs.length) {
    case 0:
      return (frame) => {
        const outputs = run();
        const value = outputs?.[name];
        if (value === undefined) return settle(step, frame, outputs);
        frame.slots[slot] = typeof value === 'number' ? value : withinLimits(value, frame);
        frame.slots[release] = null;
        return isSmall || !frame.run.large ? undefined : frame.run.lookAfter(step, frame);
      };
    case 1:
      return (frame) => {
        const outputs = run(take(a, frame));
        const value = outputs?.[name];
        if (value === undefined) return settle(step, frame, outputs);
        frame.slots[slot] = typeof value === 'number' ? value : withinLimits(value, frame);
        frame.slots[release] = null;
        return isSmall || !frame.run.large ? undefined : frame.run.lookAfter(step, frame);
      };
    case 2:
      return (frame) => {
        const outputs = run(take(a, frame), take(b, frame));
        const value = outputs?.[name];
        if (value === undefined) return settle(step, frame, outputs);
        frame.slots[slot] = typeof value === 'number' ? value : withinLimits(value, frame);
        frame.slots[release] = null;
        return isSmall || !frame.run.large ? undefined : frame.run.lookAfter(step, frame);
      };
    default:
      return (frame) => {
        const outputs = run(take(a, frame), take(b, frame), take(c, frame));
        const value = outputs?.[name];
        if (value === undefined) return settle(step, frame, outputs);
        frame.slots[slot] = typeof value === 'number' ? value : withinLimits(value, frame);
        frame.slots[release] = null;
        return isSmall || !frame.run.large ? undefined : frame.run.lookAfter(step, frame);
      };
  }
}
