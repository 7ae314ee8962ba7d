/** Runs the flow that a run was started with, or that a call from elsewhere came for. */
import type { StepOutcome } from '../plan/index.js';
import { checkIsValue, type Value, type ValueObject } from '../values/index.js';
import { concludeFlow } from './call.js';
import { Frame } from './frame.js';
import { isLarge } from './large.js';
import { withinOutputLength } from './limits.js';
import { type LateEnd, runQuiet, runSteps } from './loop.js';
import type { FlowOutcome } from './outcome.js';
import { withinRecord } from './record-size.js';
import type { Run } from './run.js';

/** What is made of the end of the flow that a run was started with. */
export interface RootEnd<T> extends LateEnd<T> {
  given(outcome: FlowOutcome, run: Run): T | Promise<T>;
}

/** Just what the flow gives. */
export const ROOT_OUTCOME: RootEnd<FlowOutcome> = {
  given: (outcome) => outcome,
  ended: (outcome, frame) => outcomeOfRoot(frame, outcome),
  failed: (error) => {
    throw error;
  },
};

/**
 * Runs the flow that the run was started with, or that a call from elsewhere came for: `run.entrance` tells of that.
 * Throws a `Failure` or the error that halted the run.
 *
 * @param end What to make of it if it has to wait; what does not is the caller's.
 */
export function enterRoot<T>(
  run: Run,
  slots: Value[],
  connection: ValueObject | null,
  end: RootEnd<T>,
): FlowOutcome | Promise<T> {
  const { plan, entrance } = run;
  for (const { slot } of plan.parameters) if (isLarge(slots[slot])) run.holdsLarge();
  const frame = new Frame(plan, slots, connection, run, null, null, entrance?.index ?? null, 1, entrance?.depth ?? 0);
  if (entrance !== null) frame.error = entrance.error;
  // Asked once: the cards may bring a listener, or the first secret.
  if (run.watched) return toldRoot(frame, end);
  const { steps } = plan.body;
  const outcome = runQuiet(steps, frame, steps.length, end);
  if (!(outcome instanceof Promise)) return outcomeOfRoot(frame, outcome);
  run.world.deadlines.add(run);
  return outcome;
}

function toldRoot<T>(frame: Frame, end: RootEnd<T>): FlowOutcome | Promise<T> {
  const { run } = frame;
  const go = () => {
    const outcome = runSteps(frame.plan.body.steps, frame);
    return outcome instanceof Promise
      ? outcome.then((later) => outcomeOfRoot(frame, later))
      : outcomeOfRoot(frame, outcome);
  };
  const outcome = run.watch.call(frame, go, run.entrance?.kind);
  if (!(outcome instanceof Promise)) return outcome;
  run.world.deadlines.add(run);
  return outcome.then(
    (ended) => end.given(ended, run),
    (error: unknown) => end.failed(error, frame),
  );
}

/** What the flow that the run was started with gives is printed and sent. */
export function outcomeOfRoot(frame: Frame, outcome: StepOutcome): FlowOutcome {
  const concluded = concludeFlow(frame, outcome);
  return frame.run.entrance === null ? bounded(concluded, frame) : concluded;
}

/** @throws LimitError when it would be too long as text; ConversionError when there is something in it that is no value. */
function bounded(outcome: FlowOutcome, { plan, run }: Frame): FlowOutcome {
  withinOutputLength(outcome.outputs, run.limits, { flow: plan.id });
  checkIsValue(outcome.outputs, 'What the run gives');
  if (outcome.answer !== null) {
    withinOutputLength(outcome.answer, run.limits, { flow: plan.id });
    checkIsValue(outcome.answer.body, 'What the run answers');
  }
  // Its end is remembered; that of a call is measured where it is sent back.
  if (run.seam.isDurable && run.entrance === null)
    withinRecord([outcome.outputs, outcome.answer], run.limits, { what: 'What the run gives', at: { flow: plan.id } });
  return outcome;
}
