/** One item of a loop: its values into a flow, and the call of the flow. */
import type { Outputs } from '../cards/index.js';
import type { Argument } from '../plan/index.js';
import type { Value } from '../values/index.js';
import { bareCall } from './bare-item.js';
import { activate, assignArguments, assignItem, beginQuiet, enter, enterWith } from './call.js';
import { type Each, formOf, type ItemCall } from './each-form.js';
import type { Frame } from './frame.js';

/** Calls the flow for the item at an index. */
export function itemCall(each: Each): ItemCall {
  const { frame, step, plan, args, options } = each;
  const usual = usualCall(each);
  // One activation for all items, one after the other, of a flow of which nothing keeps any.
  if (!plan.fleeting || args === null || step.connection !== null || frame.run.seam.enter !== enter) return usual;
  return plan.ending === null || typeof options.collect === 'function'
    ? frugalCall(each, args, usual)
    : bareCall(each, args, plan.ending, usual);
}

/** @param usual Goes while somebody watches. */
function frugalCall(each: Each, args: readonly Argument[], usual: ItemCall): ItemCall {
  const { frame, step, attempt, plan, items, options } = each;
  const { run, connection } = frame;
  const form = formOf(options);
  let spare: Frame | null = null;
  return (index) => {
    if (run.watched) return usual(index);
    let own = spare;
    if (own === null) own = activate(frame, step, attempt, plan, plan.initial.slice(), index, connection, null);
    else own.renew(index);
    // Until it has ended without an error or a wait: whatever those leave behind may name it.
    spare = null;
    assignArguments(args, own.slots, frame, items[index] ?? null);
    const result = beginQuiet(own, step);
    if (result instanceof Promise) return result.then(form);
    spare = own;
    return form(result);
  };
}

function usualCall(each: Each): ItemCall {
  const { frame, step, attempt, plan, options } = each;
  const form = formOf(options);
  const slotsOf = filler(each);
  const callWith = (slots: Value[], index: number): Value | Promise<Value> => {
    const result = enterWith(frame, step, attempt, plan, slots, index);
    return result instanceof Promise ? result.then(form) : form(result);
  };
  return (index) => {
    const slots = slotsOf(index);
    return slots instanceof Promise ? slots.then((ready) => callWith(ready, index)) : callWith(slots, index);
  };
}

/** The slots of the flow for one item. */
export function filler(each: Each): (index: number) => Value[] | Promise<Value[]> {
  const { frame, plan, args, items } = each;
  const filled = (slots: Value[], inputs: Outputs): Value[] => {
    assignItem(plan, slots, inputs);
    return slots;
  };
  return (index) => {
    const item = items[index] ?? null;
    const slots = plan.initial.slice();
    if (args !== null) {
      assignArguments(args, slots, frame, item);
      return slots;
    }
    const inputs = each.inputs(item);
    return inputs instanceof Promise ? inputs.then((ready) => filled(slots, ready)) : filled(slots, inputs);
  };
}
