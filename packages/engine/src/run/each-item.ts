/** One item of a loop: its values into a flow, and what is kept of the flow's result. */
import type { CallEachOptions, FlowResult, Outputs } from '../cards/index.js';
import type { Argument, FlowPlan, Step } from '../plan/index.js';
import type { Value } from '../values/index.js';
import { activate, assignArguments, assignItem, beginQuiet, enter, enterWith } from './call.js';
import type { Frame } from './frame.js';

export interface Each {
  readonly frame: Frame;
  readonly step: Step;
  readonly attempt: number;
  readonly plan: FlowPlan;
  /** Aimed since compile time; null: by name, through `inputs`. */
  readonly args: readonly Argument[] | null;
  readonly inputs: (item: Value) => Outputs | Promise<Outputs>;
  readonly items: readonly Value[];
  readonly options: CallEachOptions;
}

export type ItemCall = (index: number) => Value | Promise<Value>;

/** Calls the flow for the item at an index. */
export function itemCall(each: Each): ItemCall {
  return frugalCall(each, usualCall(each));
}

/**
 * One activation for all items, one after the other, of a flow of which nothing keeps any.
 *
 * @param usual Goes for all other flows, and while somebody watches.
 */
function frugalCall({ frame, step, attempt, plan, args, items, options }: Each, usual: ItemCall): ItemCall {
  const { run, connection } = frame;
  if (!plan.fleeting || args === null || step.connection !== null || run.seam.enter !== enter) return usual;
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

/** What is kept of an item's result. */
export function formOf({ collect }: CallEachOptions): (result: FlowResult) => Value {
  return typeof collect === 'function' ? collect : collect === 'none' ? dropValue : bareValue;
}

function bareValue(result: FlowResult): Value {
  return result.value;
}

function dropValue(): Value {
  return null;
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
