/** Runs one step with its events around it. */
import type { TraceTaker } from '../observe/index.js';
import { isPlain, type Output, type Step, type StepOutcome } from '../plan/index.js';
import type { Value } from '../values/index.js';
import { attemptStep, finishStep } from './attempt.js';
import { cardEnded, cardStarted } from './card-events.js';
import type { CardCode } from './exec.js';
import { type Failure, locate } from './failure.js';
import type { Frame } from './frame.js';
import { performWithPolicy } from './policy.js';
import { isOutputs, readArguments, releaseSlots, storeOutputs } from './step-values.js';
import { StepWatcher } from './step-watcher.js';
import { isSlight } from './trace.js';

export function watchStep(step: Step, frame: Frame): StepOutcome | Promise<StepOutcome> {
  const { watch, world } = frame.run;
  const { events, redactor, time } = watch;
  const { traces } = events;
  if (traces !== null && isTraceable(step, frame.run)) return traceStep(step, frame, traces);
  const isHeard = events.hears('card');
  // A card that counts has been counted by the loop of a watched run.
  if (!isHeard && !step.counts && !step.secretive && redactor.empty && world.interceptors.pure === null) {
    watch.numbers.of(frame).next++;
    return step.exec(step, frame);
  }
  const watcher = new StepWatcher(step, frame, redactor, isHeard);
  if (!events.active) return performWatched(step, frame, watcher);
  const numbers = watch.numbers.of(frame);
  watcher.seq = numbers.next++;
  if (asksForNumber(step)) numbers.running.set(step, watcher);
  // What came before, the end of a card or the start of a flow, has just read the clock.
  watcher.startedAt = time.elapsed;
  if (watch.numbers.earlier !== null) watcher.startedAt = watch.numbers.startOf(frame, watcher.seq, time.elapsed);
  if (isHeard) watch.emit(cardStarted(step, frame, watcher.seq, time.at));
  return performTold(() => performWatched(step, frame, watcher), step, frame, watcher);
}

/** Performs a card whose start was told, and tells its end. */
function performTold(
  perform: () => StepOutcome | Promise<StepOutcome>,
  step: Step,
  frame: Frame,
  watcher: StepWatcher,
): StepOutcome | Promise<StepOutcome> {
  const { time } = frame.run.watch;
  let outcome: StepOutcome | Promise<StepOutcome>;
  try {
    outcome = perform();
  } catch (error) {
    throw failStep(step, frame, watcher, error);
  }
  if (!(outcome instanceof Promise)) {
    if (watcher.record) time.tick();
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

/** Whether a history loses nothing when it gets the card as cells: nothing of it is hidden, nothing stands around it. */
function isTraceable(step: Step, { watch, world }: Frame['run']): boolean {
  return (
    isPlain(step) &&
    step.extra.length === 0 &&
    !step.secretive &&
    watch.redactor.empty &&
    world.interceptors.pure === null
  );
}

/** Runs a pure card that only histories hear of. When there is more to tell of it than cells hold, events do. */
function traceStep(step: Step, frame: Frame, take: TraceTaker): StepOutcome | Promise<StepOutcome> {
  const { watch } = frame.run;
  const { time } = watch;
  const { at, elapsed } = time;
  const seq = watch.numbers.of(frame).next++;
  const tell = () => {
    const watcher = new StepWatcher(step, frame, watch.redactor, true);
    watcher.seq = seq;
    watcher.startedAt = elapsed;
    watch.emit(cardStarted(step, frame, seq, at));
    return watcher;
  };
  let args: unknown[] | null = null;
  let given: unknown;
  let isStored = false;
  try {
    args = readArguments(step, frame);
    given = (step.run as CardCode)(...args); // the compiled inputs are what it takes
    if (isSlightCard(step, args, given)) {
      storeOutputs(step, frame, given);
      isStored = true;
    }
  } catch (error) {
    const watcher = tell();
    if (args !== null) watcher.inputs(args);
    throw failStep(step, frame, watcher, error);
  }
  if (isStored) {
    time.tick();
    watch.traces.of(frame, seq, at, take).add(step, at, time.at, time.elapsed - elapsed, args, frame.slots);
    releaseSlots(step, frame);
    return undefined;
  }
  const watcher = tell();
  watcher.inputs(args);
  return performTold(() => finishStep(step, frame, given, watcher), step, frame, watcher);
}

/** Whether all values of a card that has given its outputs may stay with a history that waits. */
function isSlightCard(step: Step, args: readonly unknown[], given: unknown): given is Readonly<Record<string, Value>> {
  for (let i = 0; i < step.inputs.length; i++) if (!isSlight(args[i])) return false;
  if (!isOutputs(given)) return false;
  for (let i = 0; i < step.outputs.length; i++) {
    const { name, convert } = step.outputs[i] as Output; // within the length
    if (convert !== null || !isSlight(given[name])) return false;
  }
  return true;
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
    const { at, elapsed } = watch.time;
    watch.emit(cardEnded(step, frame, watcher, error, at, elapsed - watcher.startedAt));
  }
  if (asksForNumber(step)) watch.numbers.of(frame).running.delete(step);
}
