/** One attempt of a step: waits for inputs, gives a context, takes what the card gave. */
import { Gradual, Leave, type Outputs } from '../cards/index.js';
import { RunError } from '../errors.js';
import type { Step, StepOutcome } from '../plan/index.js';
import type { Field, Value } from '../values/index.js';
import { STORED } from './block.js';
import { StepContext } from './context.js';
import type { Frame } from './frame.js';
import { workOff } from './gradually.js';
import { interceptCard } from './intercept.js';
import { isLarge } from './large.js';
import { originOf } from './origin.js';
import { readArguments, releaseSlots, storeOutputs, take, takesRecord } from './step-values.js';
import { isThenable } from './waiting.js';

type Outcome = StepOutcome | Promise<StepOutcome>;
type CardRun = (...args: unknown[]) => unknown;

/** Sees what goes into a card and what comes out; for events, and to find secrets. */
export interface Watcher {
  inputs(args: readonly unknown[]): void;
  outputs(): void;
}

/** One attempt of a step, error policy aside. */
export function attemptStep(step: Step, frame: Frame, attempt: number, watcher: Watcher | null): Outcome {
  if (!step.mayWait) return invoke(step, frame, readArguments(step, frame), attempt, watcher);
  return readArgumentsLater(step, frame).then((args) => invoke(step, frame, args, attempt, watcher));
}

async function readArgumentsLater(step: Step, frame: Frame): Promise<unknown[]> {
  const args: unknown[] = [];
  // One after the other: within a run everything parallel goes through `forEach` or `child`.
  for (const input of step.inputs) args.push(await take(input, frame));
  if (takesRecord(step)) {
    const record: Record<string, Value> = {};
    for (const input of step.extra) record[input.name] = await take(input, frame);
    args.push(record);
  }
  return args;
}

function invoke(step: Step, frame: Frame, values: unknown[], attempt: number, watcher: Watcher | null): Outcome {
  watcher?.inputs(values);
  const { card } = step;
  const args = card.named ? [byName(step, values), ...values.slice(step.inputs.length)] : values;
  const run = step.run as CardRun; // the compiled inputs are what it takes
  const fields: readonly Field[] | null = card.seesOutputs ? step.outputs.map((output) => output.field) : null;
  const context = card.kind === 'pure' ? null : new StepContext(frame, step, attempt);
  if (context) args.push(context);
  if (fields) args.push(fields);
  const result =
    context !== null && card.kind === 'effect'
      ? frame.run.seam.effect(step, frame, attempt, context, () => callCard(step, frame, attempt, run, args))
      : callCard(step, frame, attempt, run, args);
  return finishStep(step, frame, result, watcher);
}

/** The card's function, within the interceptors of its kind. */
function callCard(step: Step, frame: Frame, attempt: number, run: CardRun, args: readonly unknown[]): unknown {
  const chain = frame.run.world.interceptors[step.card.kind];
  if (chain === null) return run(...args);
  return interceptCard(chain, originOf(step, frame, attempt), () => {
    const given = run(...args);
    return given instanceof Gradual ? workOff(given, step, frame) : given;
  });
}

/** The declared inputs as one record. */
function byName({ inputs }: Step, values: readonly unknown[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(inputs.map(({ name }, index) => [name, values[index]]));
}

/** What came from outside may be large in its depth, where the slots do not see it. */
function noteLarge(outputs: unknown, { run }: Frame): void {
  if (run.large || typeof outputs !== 'object' || outputs === null) return;
  if (Object.values(outputs as Outputs).some(isLarge)) run.holdsLarge(); // what is no value is refused right after
}

function finishLater(guarded: Promise<unknown>, step: Step, frame: Frame, watcher: Watcher | null): Outcome {
  return guarded.then((settled) => {
    noteLarge(settled, frame);
    return finishStep(step, frame, settled, watcher);
  });
}

/** Takes what a card gave: outputs, a way out, nothing, or a promise of these. */
export function finishStep(step: Step, frame: Frame, result: unknown, watcher: Watcher | null): Outcome {
  if (result === STORED) {
    // Nothing is left to do.
  } else if (result === undefined || result === null) {
    storeOutputs(step, frame, {});
  } else if (result instanceof Leave) {
    return result;
  } else if (result instanceof Gradual) {
    const outputs = workOff(result, step, frame);
    if (!(outputs instanceof Promise)) return finishStep(step, frame, outputs, watcher);
    return finishLater(frame.run.waiting.guard(outputs, step, frame), step, frame, watcher);
  } else if (isThenable(result)) {
    const guarded = frame.run.waiting.guard(result, step, frame);
    // Only a sleep of the run itself is handed back as it is: it gives nothing, and the run need not hold more than it.
    const isAll = guarded === result && watcher === null && step.outputs.length === 0 && step.release.length === 0;
    return isAll ? (guarded as Promise<undefined>) : finishLater(guarded, step, frame, watcher); // a sleep, as above
  } else if (typeof result === 'object' && !Array.isArray(result)) {
    storeOutputs(step, frame, result as Outputs); // values that are none are refused where a slot takes them
  } else {
    throw new RunError(
      'card-output',
      `Card "${step.card.id}" gave ${Array.isArray(result) ? 'a list' : `a ${typeof result}`} instead of its outputs.`,
      {
        hint: "A card's function gives an object of outputs by name.",
      },
    );
  }
  watcher?.outputs();
  releaseSlots(step, frame);
  return undefined;
}
