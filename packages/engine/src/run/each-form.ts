/** A loop over items, and what is kept of the result of each. */
import type { CallEachOptions, FlowResult, Outputs } from '../cards/index.js';
import type { Argument, FlowPlan, Step } from '../plan/index.js';
import type { Value } from '../values/index.js';
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
