/** Performs a card that is more than a pure function. */
import type { Step, StepOutcome } from '../plan/index.js';
import { attemptStep, finishStep } from './attempt.js';
import type { Frame } from './frame.js';
import { performWithPolicy } from './policy.js';
import type { Run } from './run.js';

export function perform(step: Step, frame: Frame): StepOutcome | Promise<StepOutcome> {
  const { run } = frame;
  const outcome =
    step.policy === null ? attemptStep(step, frame, 1, null) : performWithPolicy(step, step.policy, frame, null);
  return unlessHalted(outcome, run);
}

/** Takes what a control card gave. */
export function finishControl(step: Step, frame: Frame, result: unknown): StepOutcome | Promise<StepOutcome> {
  return unlessHalted(finishStep(step, frame, result, null), frame.run);
}

/** Takes what a pure card gave, when that is not simply its outputs. */
export function settle(step: Step, frame: Frame, outputs: unknown): StepOutcome | Promise<StepOutcome> {
  return finishStep(step, frame, outputs, null);
}

/** A card may have swallowed the error that ended the run. */
function unlessHalted(outcome: StepOutcome | Promise<StepOutcome>, run: Run): StepOutcome | Promise<StepOutcome> {
  if (run.halted !== null && !(outcome instanceof Promise)) throw run.halted;
  return outcome;
}
