/** One item of a loop whose flow ends with one field: the value is taken where it stands, and no result is made of it. */
import type { FlowResult } from '../cards/index.js';
import type { Argument, BareEnding, Parameter, Step, StepOutcome } from '../plan/index.js';
import type { Value } from '../values/index.js';
import { activate, assignArguments, concludeFlow, told } from './call.js';
import { countStep } from './count-step.js';
import { type Each, formOf, type ItemCall } from './each-form.js';
import type { Frame } from './frame.js';
import { failed, runQuiet } from './loop.js';
import { take } from './step-values.js';

/**
 * One activation for all items, as long as none fails or waits.
 *
 * @param usual Goes while somebody watches.
 */
export function bareCall(each: Each, args: readonly Argument[], ending: BareEnding, usual: ItemCall): ItemCall {
  const { frame, step, attempt, plan, items, options } = each;
  const { run, connection } = frame;
  const { steps } = plan.body;
  const last = steps.length - 1;
  const form = formOf(options);
  const unaimed = plan.parameters.filter(({ slot }) => args.every((argument) => argument.slot !== slot));
  let spare: Frame | null = null;
  return (index) => {
    if (run.watched) return usual(index);
    let own = spare;
    if (own === null) own = activate(frame, step, attempt, plan, plan.initial.slice(), index, connection, null);
    else own.index = index;
    // Until it has ended without an error or a wait: whatever those leave behind may name it.
    spare = null;
    const { slots } = own;
    // All other slots its cards write before any of them reads one.
    for (let i = 0; i < unaimed.length; i++) {
      const { slot, initial } = unaimed[i] as Parameter; // within the length
      slots[slot] = initial;
    }
    assignArguments(args, slots, frame, items[index] ?? null);
    if (run.spend(step, own)) return run.afterTurn(() => told(own)).then(form);
    const outcome = runQuiet(steps, own, last);
    if (outcome !== undefined) return endedElse(outcome, own, form);
    const value = endOf(ending, steps, last, own);
    spare = own;
    return value;
  };
}

/** A card waits, or one has left that is not known to. */
function endedElse(
  outcome: StepOutcome | Promise<StepOutcome>,
  frame: Frame,
  form: (result: FlowResult) => Value,
): Value | Promise<Value> {
  return outcome instanceof Promise
    ? outcome.then((later) => form(concludeFlow(frame, later)))
    : form(concludeFlow(frame, outcome));
}

/** Counts the last card, and gives the value that it would return. */
function endOf({ input, convert }: BareEnding, steps: readonly Step[], last: number, frame: Frame): Value {
  let value: Value;
  try {
    countStep(steps[last] as Step, frame); // there is one
    value = take(input, frame); // no input of a fleeting flow waits
  } catch (error) {
    throw failed(error, steps, last, frame);
  }
  return convert === null || value === null ? value : convert(value);
}
