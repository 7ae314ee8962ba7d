/** Runs one step with its events around it. */
import type { Step, StepOutcome } from '../plan/index.js';
import { attemptStep } from './attempt.js';
import { type Failure, locate } from './failure.js';
import type { Frame } from './frame.js';
import { performWithPolicy } from './policy.js';
import { cardEnded, cardStarted, StepWatcher } from './step-watcher.js';

export function watchStep(step: Step, frame: Frame): StepOutcome | Promise<StepOutcome> {
  const { watch, world } = frame.run;
  const { events, redactor, time } = watch;
  const isHeard = events.hears('card');
  // A card that counts has been counted by the loop of a watched run.
  if (!isHeard && !step.counts && !step.secretive && redactor.empty && world.interceptors.pure === null) {
    watch.numbers.of(frame).next++;
    return step.exec(frame);
  }
  const watcher = new StepWatcher(step, frame, redactor, isHeard);
  if (!events.active) return performWatched(step, frame, watcher);
  const numbers = watch.numbers.of(frame);
  watcher.seq = numbers.next++;
  if (asksForNumber(step)) numbers.running.set(step, watcher.seq);
  if (isHeard) {
    // What came before, the end of a card or the start of a flow, has just read the clock.
    watcher.startedAt = time.elapsed;
    watch.emit(cardStarted(step, frame, watcher.seq, time.at));
  }
  let outcome: StepOutcome | Promise<StepOutcome>;
  try {
    outcome = performWatched(step, frame, watcher);
  } catch (error) {
    throw failStep(step, frame, watcher, error);
  }
  if (!(outcome instanceof Promise)) {
    if (isHeard) time.tick();
    return succeedStep(step, frame, watcher, outcome);
  }
  return outcome.then(
    (later) => {
      time.read();
      return succeedStep(step, frame, watcher, later);
    },
    (error: unknown) => {
      throw failStep(step, frame, watcher, error);
    },
  );
}

/** A pure card that is not retried never asks for its number again. */
function asksForNumber(step: Step): boolean {
  return step.card.kind !== 'pure' || step.policy !== null;
}

function performWatched(step: Step, frame: Frame, watcher: StepWatcher): StepOutcome | Promise<StepOutcome> {
  return step.policy === null
    ? attemptStep(step, frame, 1, watcher)
    : performWithPolicy(step, step.policy, frame, watcher);
}

function succeedStep(step: Step, frame: Frame, watcher: StepWatcher, outcome: StepOutcome): StepOutcome {
  watcher.left(outcome);
  endStep(step, frame, watcher, null);
  return outcome;
}

function failStep(step: Step, frame: Frame, watcher: StepWatcher, error: unknown): Failure {
  const failure = locate(error, step, frame);
  frame.run.watch.time.read();
  endStep(step, frame, watcher, failure);
  return failure;
}

function endStep(step: Step, frame: Frame, watcher: StepWatcher, failure: Failure | null): void {
  const { watch } = frame.run;
  if (watcher.record) {
    const error = failure === null ? null : watch.errorData(failure);
    watch.emit(cardEnded(step, frame, watcher, error, watch.time));
  }
  if (asksForNumber(step)) watch.numbers.of(frame).running.delete(step);
}
