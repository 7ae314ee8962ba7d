/** Turns a step into what the run loop runs. */
import { choiceOf } from '../cards/index.js';
import {
  type HeldType,
  type Input,
  isPlain,
  type Operand,
  type Reader,
  SINK,
  type SingleCode,
  type Step,
  type StepCode,
  type StepOutcome,
} from '../plan/index.js';
import type { Value, ValueObject } from '../values/index.js';
import { compileChoice } from './choose.js';
import { countStep } from './count-step.js';
import type { Frame } from './frame.js';
import { isLarge } from './large.js';
import { beginControl, finishControl, perform, settle } from './perform.js';
import { runSingle } from './single.js';
import {
  isOutputs,
  NO_EXTRAS,
  readArguments,
  recordOf,
  releaseSlots,
  storeOutputs,
  take,
  takesRecord,
} from './step-values.js';

type Exec = (frame: Frame) => StepOutcome | Promise<StepOutcome>;
/** A card's function; what it takes and gives is checked by the compiled inputs and outputs around it. */
export type CardCode = (...args: unknown[]) => unknown;

/** Everything that is no `SingleCode` goes through a function of its own, mostly to `perform`. */
export function compileExec(step: Step): StepCode {
  const single = singleOf(step);
  const made = single === null ? compileUncounted(step) : (frame: Frame) => runSingle(single, step, frame);
  const takesLarge = step.inputs.some((input) => isLarge(input.constant));
  const isCounting = step.plain && step.counts;
  const exec = takesLarge ? takingLarge(made) : made;
  return {
    exec: isCounting ? counting(step, exec) : exec,
    single: takesLarge || isCounting ? null : single,
  };
}

/** Null: the card is more than that. */
function singleOf(step: Step): SingleCode | null {
  const { inputs, extra, outputs, release, small } = step;
  const [output, another] = outputs;
  const isSingle = output !== undefined && another === undefined && output.convert === null && release.length <= 1;
  if (!isSingle || !isPlain(step)) return null;
  const operands: Operand[] = inputs.slice();
  if (takesRecord(step)) operands.push(extra.length === 0 ? NO_EXTRAS_OPERAND : extrasOperand(extra));
  if (operands.length > 3) return null;
  const [a = NO_OPERAND, b = NO_OPERAND, c = NO_OPERAND] = operands;
  return {
    run: step.run as SingleCode['run'], // see CardCode
    inputs: operands.length,
    a,
    b,
    c,
    name: output.name,
    slot: output.slot,
    release: release[0] ?? SINK,
    small,
    settle: (frame: Frame, given) => settle(step, frame, given),
  };
}

const NO_OPERAND = operand(-1, null, null, null);
const NO_EXTRAS_OPERAND = operand(-1, NO_EXTRAS, null, null);

function extrasOperand(extra: readonly Input[]): Operand {
  // An object of values is one.
  return operand(-1, null, null, (frame) => recordOf(extra, frame) as ValueObject);
}

/** In one place, so that all have one shape. */
function operand(slot: number, fill: Value, held: HeldType, read: Reader | null): Operand {
  return { slot, fill, held, read };
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
  const isSmall = step.small;
  return (frame) => {
    const outputs = run(...readArguments(step, frame));
    if (!isOutputs(outputs)) return settle(step, frame, outputs);
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
    step.inputs.length <= 4
  );
}

/**
 * Control cards frame everything else, so they get closures of their own too. A card is counted before its inputs are
 * read, so that one that fails for an input counts like any other.
 */
function compileControl(step: Step): Exec {
  const run = step.run as CardCode; // see CardCode
  const { extra } = step;
  const choice = choiceOf(step.run);
  // At most four, and only those there are get read.
  const [a, b, c, d] = step.inputs as [Input, Input, Input, Input];
  if (takesRecord(step)) {
    if (step.inputs.length > 0) return (frame) => perform(step, frame);
    return (frame) => {
      const context = beginControl(step, frame);
      return finishControl(step, frame, run(recordOf(extra, frame), context));
    };
  }
  if (choice !== null && step.inputs.length <= 3) return compileChoice(step, choice, step.inputs);
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
    case 3:
      return (frame) => {
        const context = beginControl(step, frame);
        return finishControl(step, frame, run(take(a, frame), take(b, frame), take(c, frame), context));
      };
    default:
      return (frame) => {
        const context = beginControl(step, frame);
        const given = run(take(a, frame), take(b, frame), take(c, frame), take(d, frame), context);
        return finishControl(step, frame, given);
      };
  }
}
