/** Performs and counts a card that is more than a pure function. */
import type { Step, StepOutcome } from '../plan/index.js';
import { attemptStep, finishStep } from './attempt.js';
import { StepContext } from './context.js';
import { countStep } from './count-step.js';
import type { Frame } from './frame.js';
import { performWithPolicy } from './policy.js';

export function perform(step: Step, frame: Frame): StepOutcome | Promise<StepOutcome> {
  const { run } = frame;
  if (countStep(step, frame)) return run.afterTurn(() => performCounted(step, frame));
  return performCounted(step, frame);
}

function performCounted(step: Step, frame: Frame): StepOutcome | Promise<StepOutcome> {
  const outcome =
    step.policy === null ? attemptStep(step, frame, 1, null) : performWithPolicy(step, step.policy, frame, null);
  return afterCard(outcome, step, frame);
}

/** Counts a control card, and gives the context that it runs with. */
export function beginControl(step: Step, frame: Frame): StepContext {
  // Where others are due their turn, the end of a card or the next call gives it.
  countStep(step, frame);
  return new StepContext(frame, step, 1);
}

/** Takes what a control card gave. */
export function finishControl(step: Step, frame: Frame, result: unknown): StepOutcome | Promise<StepOutcome> {
  return afterCard(finishStep(step, frame, result, null), step, frame);
}

/** Takes what a pure card gave, when that is not simply its outputs. */
export function settle(step: Step, frame: Frame, outputs: unknown): StepOutcome | Promise<StepOutcome> {
  return finishStep(step, frame, outputs, null);
}

function afterCard(
  outcome: StepOutcome | Promise<StepOutcome>,
  step: Step,
  frame: Frame,
): StepOutcome | Promise<StepOutcome> {
  const { run } = frame;
  // A card may have swallowed the error that ended the run.
  if (run.halted !== null && !(outcome instanceof Promise)) throw run.halted;
  return outcome === undefined && run.large && !step.small ? run.lookAfter(step, frame) : outcome;
}
