/** The run loop: cards in order, synchronously, until one gives a promise. */
import { Leave } from '../cards/index.js';
import type { Step, StepOutcome } from '../plan/index.js';
import { locate } from './failure.js';
import type { Frame } from './frame.js';
import { stepLimit, TOO_MANY_STEPS } from './halt.js';
import { LARGE_CALLS } from './lookout.js';
import { runSingle } from './single.js';

/**
 * Runs the cards of a block. Undefined when the last one is done, a `Leave` when one left; a promise of either as soon
 * as a card has to wait. Throws a `Failure`.
 *
 * Plain cards are not counted one by one, which would cost as much as running them: a card that is more
 * than plain counts for those before it, as one here and there in a long row does; the loop counts what is left at the
 * end of a block or at an error. So a row may run past the limit of steps before that is noticed; being pure, it does no
 * harm, and the error names the first card too many.
 */
export function runSteps(steps: readonly Step[], frame: Frame): StepOutcome | Promise<StepOutcome> {
  return frame.run.watched ? runWatched(steps, frame) : runQuiet(steps, frame);
}

/** What is made of the end of cards that had to wait: in the function that went on with them, so that no other waits for it. */
export interface LateEnd<T> {
  ended(outcome: StepOutcome, frame: Frame): T | Promise<T>;
  /** `error` is located, or what ended the run. */
  failed(error: unknown, frame: Frame): T | Promise<T>;
}

/** Nothing is made of it. */
const AS_IT_IS: LateEnd<StepOutcome> = {
  ended: (outcome) => outcome,
  failed: (error) => {
    throw error;
  },
};

/**
 * The same, for a run that is not watched.
 *
 * @param count Leaves those after so many to the caller, who counts the plain ones among them too.
 */
export function runQuiet(steps: readonly Step[], frame: Frame, count?: number): StepOutcome | Promise<StepOutcome>;
export function runQuiet<T>(
  steps: readonly Step[],
  frame: Frame,
  count: number,
  end: LateEnd<T>,
): StepOutcome | Promise<T>;
export function runQuiet(
  steps: readonly Step[],
  frame: Frame,
  count = steps.length,
  end: LateEnd<unknown> = AS_IT_IS,
): StepOutcome | Promise<unknown> {
  const { run } = frame;
  if (run.halted !== null) throw run.halted;
  let i = 0;
  try {
    for (; i < count; i++) {
      const step = steps[i] as Step; // within the length
      const { single } = step;
      const outcome = single === null ? step.exec(step, frame) : runSingle(single, step, frame);
      if (outcome !== undefined) {
        return outcome instanceof Leave ? outcome : continueLater(steps, frame, i, outcome, end);
      }
    }
  } catch (error) {
    throw failed(error, steps, i, frame);
  }
  if (count > 0 && count === steps.length) countRow(steps, count - 1, frame);
  return undefined;
}

/** The rest of a block after a card that gave a promise. */
async function continueLater<T>(
  steps: readonly Step[],
  frame: Frame,
  from: number,
  pending: Promise<StepOutcome>,
  end: LateEnd<T>,
): Promise<T> {
  const { run } = frame;
  let i = from;
  let outcome: StepOutcome;
  try {
    run.waits(frame);
    outcome = await pending;
    for (;;) {
      if (run.halted !== null) throw run.halted;
      if (outcome !== undefined) break;
      if (++i === steps.length) {
        countRow(steps, i - 1, frame);
        break;
      }
      const step = steps[i] as Step; // within the length
      const next = step.exec(step, frame);
      if (next instanceof Promise) {
        run.waits(frame); // a block of the card before may have shared the frame, and ended
        outcome = await next;
      } else outcome = next;
    }
  } catch (error) {
    run.resumed(frame);
    return end.failed(failed(error, steps, i, frame), frame);
  }
  run.resumed(frame);
  return end.ended(outcome, frame);
}

/** Counts the plain cards up to this one that nobody has counted yet. */
function countRow(steps: readonly Step[], at: number, frame: Frame): void {
  const { run } = frame;
  const step = steps[at] as Step; // a step of the block
  if (step.counts) return;
  run.tree.steps += step.count;
  if (run.tree.steps <= run.tree.horizon) return;
  if (run.tree.steps > run.limits.steps) throw tooMany(steps, at, frame);
  run.lookout.glance(step, frame);
}

/** What is thrown for an error of the card at `at`, which is counted with those before it. */
export function failed(error: unknown, steps: readonly Step[], at: number, frame: Frame): unknown {
  if (error === TOO_MANY_STEPS) return tooMany(steps, at, frame);
  const { run } = frame;
  if (run.halted === null) {
    try {
      countRow(steps, at, frame);
    } catch (limit) {
      return limit;
    }
  }
  return locate(error, steps[at], frame);
}

/** Ends a run that has counted more steps than allowed, the last of them at `at`. */
function tooMany(steps: readonly Step[], at: number, frame: Frame): unknown {
  const { run } = frame;
  const most = run.limits.steps;
  const first = steps[at + 1 - (run.tree.steps - most)] ?? steps[at];
  run.tree.steps = most;
  return run.halt(stepLimit(most), first, frame);
}

/** The same, for a run that is watched: card by card. */
function runWatched(steps: readonly Step[], frame: Frame): StepOutcome | Promise<StepOutcome> {
  const { run } = frame;
  if (run.halted !== null) throw run.halted;
  let i = 0;
  try {
    for (; i < steps.length; i++) {
      const outcome = beginWatched(steps[i] as Step, frame); // within the length
      if (outcome instanceof Promise) return continueWatched(steps, frame, i, outcome);
      if (run.halted !== null) throw run.halted;
      if (outcome !== undefined) return outcome;
    }
  } catch (error) {
    throw locate(error, steps[i], frame);
  }
  return undefined;
}

async function continueWatched(
  steps: readonly Step[],
  frame: Frame,
  from: number,
  pending: Promise<StepOutcome>,
): Promise<StepOutcome> {
  const { run } = frame;
  let i = from;
  try {
    run.waits(frame);
    let outcome = await pending;
    for (;;) {
      if (run.halted !== null) throw run.halted;
      if (outcome !== undefined) return outcome;
      if (++i === steps.length) return undefined;
      const next = beginWatched(steps[i] as Step, frame); // within the length
      if (next instanceof Promise) {
        run.waits(frame); // as above
        outcome = await next;
      } else outcome = next;
    }
  } catch (error) {
    throw locate(error, steps[i], frame);
  } finally {
    run.resumed(frame);
  }
}

function beginWatched(step: Step, frame: Frame): StepOutcome | Promise<StepOutcome> {
  const { run } = frame;
  if (run.tree.steps >= run.limits.steps) throw run.halt(stepLimit(run.limits.steps), step, frame);
  run.tree.steps++;
  if (run.large && !step.small) run.tree.calls -= LARGE_CALLS;
  const isUp = run.tree.steps > run.tree.horizon || run.tree.calls < 0;
  if (isUp && run.look(step, frame)) {
    return run.afterTurn(() => run.watchStep(step, frame));
  }
  return run.watchStep(step, frame);
}
