/** The run loop: cards in order, synchronously, until one gives a promise. */
import { Leave } from '../cards/index.js';
import { LimitError } from '../errors.js';
import type { Step, StepOutcome } from '../plan/index.js';
import { locate } from './failure.js';
import type { RunFrame } from './frame.js';
import { performWatched } from './watch.js';

/**
 * Runs the cards of a block. Undefined when the last one is done, a `Leave` when one left; a promise of either as soon
 * as a card has to wait. Throws a `Failure`.
 */
export function runSteps(steps: readonly Step[], frame: RunFrame): StepOutcome | Promise<StepOutcome> {
  const { run } = frame;
  const count = steps.length;
  if (run.halted !== null) throw run.halted;
  // Counting by block keeps the loop free of it; a block that may exceed the limit is counted card by card.
  if (run.watched || run.tree.steps + count > run.limits.steps) return runCounted(steps, frame, 0);
  run.tree.steps += count;
  let i = 0;
  try {
    for (; i < count; i++) {
      const outcome = (steps[i] as Step).exec(frame);
      if (outcome !== undefined) {
        if (outcome instanceof Leave) {
          run.tree.steps -= count - i - 1;
          return outcome;
        }
        return continueLater(steps, frame, i, outcome);
      }
    }
  } catch (error) {
    run.tree.steps -= count - i - 1;
    throw locate(error, steps[i], frame);
  }
  return undefined;
}

/** The rest of a block after a card that gave a promise. */
async function continueLater(
  steps: readonly Step[],
  frame: RunFrame,
  from: number,
  pending: Promise<StepOutcome>,
): Promise<StepOutcome> {
  const { run } = frame;
  let i = from;
  try {
    let outcome = await pending;
    while (outcome === undefined) {
      if (run.halted !== null) throw run.halted;
      if (++i === steps.length) return undefined;
      const next = (steps[i] as Step).exec(frame);
      outcome = next instanceof Promise ? await next : next;
    }
    run.tree.steps -= steps.length - i - 1;
    return outcome;
  } catch (error) {
    run.tree.steps -= Math.max(0, steps.length - i - 1);
    throw locate(error, steps[i], frame);
  }
}

/** The same, for a run that is watched or near its limit of steps: card by card. */
function runCounted(steps: readonly Step[], frame: RunFrame, from: number): StepOutcome | Promise<StepOutcome> {
  const { run } = frame;
  let i = from;
  try {
    for (; i < steps.length; i++) {
      if (run.halted !== null) throw run.halted;
      if (++run.tree.steps > run.limits.steps) throw run.halt(stepLimit(run.limits.steps), steps[i] as Step, frame);
      const step = steps[i] as Step;
      const outcome = run.watched ? performWatched(step, frame) : step.exec(frame);
      if (outcome instanceof Promise) return runCountedLater(steps, frame, i, outcome);
      if (outcome !== undefined) return outcome;
    }
  } catch (error) {
    throw locate(error, steps[i], frame);
  }
  return undefined;
}

async function runCountedLater(
  steps: readonly Step[],
  frame: RunFrame,
  from: number,
  pending: Promise<StepOutcome>,
): Promise<StepOutcome> {
  const { run } = frame;
  let i = from;
  try {
    let outcome = await pending;
    while (outcome === undefined) {
      if (run.halted !== null) throw run.halted;
      if (++i === steps.length) return undefined;
      const step = steps[i] as Step;
      if (++run.tree.steps > run.limits.steps) throw run.halt(stepLimit(run.limits.steps), step, frame);
      const next = run.watched ? performWatched(step, frame) : step.exec(frame);
      outcome = next instanceof Promise ? await next : next;
    }
    return outcome;
  } catch (error) {
    throw locate(error, steps[i], frame);
  }
}

function stepLimit(most: number): LimitError {
  return new LimitError('steps', `The run exceeds the limit steps (${most} executed cards).`, {
    hint: 'Look for a loop that does not end, or raise the limit steps.',
  });
}
