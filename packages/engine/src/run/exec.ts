/** Turns a step into what the run loop runs. */
import { choiceOf } from '../cards/index.js';
import {
  constantly,
  type Input,
  isPlain,
  type Operand,
  readInput,
  SINK,
  type SingleCode,
  type Step,
  type StepCode,
  type StepOutcome,
} from '../plan/index.js';
import type { ValueObject } from '../values/index.js';
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

type Exec = (step: Step, frame: Frame) => StepOutcome | Promise<StepOutcome>;
/** A card's function; what it takes and gives is checked by the compiled inputs and outputs around it. */
export type CardCode = (...args: unknown[]) => unknown;

/** Everything that is no `SingleCode` goes through a function: one for all cards of a kind, where it needs nothing of its own. */
export function compileExec(step: Step): StepCode {
  const single = singleOf(step);
  const takesLarge = step.inputs.some((input) => isLarge(input.constant));
  const isCounting = step.plain && step.counts;
  if (single !== null && !takesLarge && !isCounting) return { exec: execSingle, single };
  const made = single === null ? compileUncounted(step) : singleExec(single);
  const exec = takesLarge ? takingLarge(made) : made;
  return { exec: isCounting ? counting(exec) : exec, single: null };
}

function execSingle(step: Step, frame: Frame): StepOutcome | Promise<StepOutcome> {
  return runSingle(step.single as SingleCode, step, frame); // only of steps that have one
}

function singleExec(single: SingleCode): Exec {
  return (step, frame) => runSingle(single, step, frame);
}

/** Null: the card is more than that. */
function singleOf(step: Step): SingleCode | null {
  const { inputs, extra, outputs, release, small } = step;
  const [output, another] = outputs;
  const isSingle = output !== undefined && another === undefined && output.convert === null && release.length <= 1;
  if (!isSingle || !isPlain(step)) return null;
  const operands = takesRecord(step)
    ? [...inputs, extra.length === 0 ? NO_EXTRAS_OPERAND : extrasOperand(extra)]
    : inputs;
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
    settle,
  };
}

const NO_FIELD = Object.freeze({ key: '', type: 'any' } as const);
const NO_OPERAND = constantly(NO_FIELD, '', null);
const NO_EXTRAS_OPERAND = constantly(NO_FIELD, '', NO_EXTRAS);

function extrasOperand(extra: readonly Input[]): Operand {
  // An object of values is one.
  return readInput('', NO_FIELD, (frame) => recordOf(extra, frame) as ValueObject);
}

/** A card whose document gives it a value that takes long to work with. */
function takingLarge(exec: Exec): Exec {
  return (step, frame) => {
    frame.run.holdsLarge();
    return exec(step, frame);
  };
}

/** A plain card that counts for those before it, in a long row. */
function counting(exec: Exec): Exec {
  return (step, frame) => {
    const { run } = frame;
    return countStep(step, frame) ? run.afterTurn(() => exec(step, frame)) : exec(step, frame);
  };
}

function compileUncounted(step: Step): Exec {
  if (isPlain(step)) return execPlain;
  return isPlainControl(step) ? compileControl(step) : perform;
}

function execPlain(step: Step, frame: Frame): StepOutcome | Promise<StepOutcome> {
  const run = step.run as CardCode; // see CardCode
  const outputs = run(...readArguments(step, frame));
  if (!isOutputs(outputs)) return settle(step, frame, outputs);
  storeOutputs(step, frame, outputs);
  releaseSlots(step, frame);
  return step.small || !frame.run.large ? undefined : frame.run.lookAfter(step, frame);
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
function compileControl(control: Step): Exec {
  const run = control.run as CardCode; // see CardCode
  const { extra, inputs } = control;
  const choice = choiceOf(control.run);
  // At most four, and only those there are get read.
  const [a, b, c, d] = inputs as [Input, Input, Input, Input];
  if (takesRecord(control)) {
    if (inputs.length > 0) return perform;
    return (step, frame) => {
      const context = beginControl(step, frame);
      return finishControl(step, frame, run(recordOf(extra, frame), context));
    };
  }
  if (choice !== null && inputs.length <= 3) return compileChoice(control, choice, inputs);
  switch (inputs.length) {
    case 0:
      return (step, frame) => {
        const context = beginControl(step, frame);
        return finishControl(step, frame, run(context));
      };
    case 1:
      return (step, frame) => {
        const context = beginControl(step, frame);
        return finishControl(step, frame, run(take(a, frame), context));
      };
    case 2:
      return (step, frame) => {
        const context = beginControl(step, frame);
        return finishControl(step, frame, run(take(a, frame), take(b, frame), context));
      };
    case 3:
      return (step, frame) => {
        const context = beginControl(step, frame);
        return finishControl(step, frame, run(take(a, frame), take(b, frame), take(c, frame), context));
      };
    default:
      return (step, frame) => {
        const context = beginControl(step, frame);
        const given = run(take(a, frame), take(b, frame), take(c, frame), take(d, frame), context);
        return finishControl(step, frame, given);
      };
  }
}
