/** Where a run meets what outlives it. The one place that knows whether there is such a thing. */
import type { Outputs } from '../cards/index.js';
import type { FlowPlan, Step } from '../plan/index.js';
import type { Value, ValueObject } from '../values/index.js';
import type { Execution } from './execution.js';
import type { FlowOutcome } from './outcome.js';
import type { RunTree } from './tree.js';
import type { Effect } from './waiting.js';

/** The items of a loop, for a runtime that goes through them by itself. */
export interface Items {
  readonly count: number;
  readonly concurrency: number;
  /** Somebody reads what the flow gives for an item. */
  readonly isRead: boolean;
  /** The activation of the flow for one item, ready to begin. */
  activate(index: number): Execution | Promise<Execution>;
  /** Takes how one item ended: an outcome, or what it failed with. Throws when no further item is to begin. */
  settle(index: number, ended: { readonly outcome: FlowOutcome } | { readonly error: unknown }): void;
}

/** Written as a method because the run makes it for its own executions, as is all of a seam. */
export type EachFunction = {
  each(step: Step, execution: Execution, attempt: number, items: Items): Promise<void>;
}['each'];

/** How a run performs what is more than a function: in memory, or through a runtime that remembers it. */
export interface Seam {
  /** Something remembers what the run performs. */
  readonly isDurable: boolean;
  /** Performs an effect within its time. */
  effect(step: Step, execution: Execution, attempt: number, effect: Effect, call: () => unknown): unknown;
  /** As with `waitFor`, whoever drops the promise need not fear that it rejects. */
  sleep(id: string, ms: number, step: Step, execution: Execution): Promise<undefined>;
  /** Waits for a signal. Rejects with `TimeoutError` when it does not come in time. */
  waitFor(id: string, name: string, timeoutMs: number | undefined, step: Step, execution: Execution): Promise<Value>;
  /** A number in [0, 1) for the attempt of this id. */
  draw(id: string, execution: Execution): number;
  /** Calls a flow and waits for it. */
  enter(
    caller: Execution,
    step: Step,
    attempt: number,
    plan: FlowPlan,
    slots: Value[],
    index: number | null,
    connection: ValueObject | null,
    error: ValueObject | null,
  ): FlowOutcome | Promise<FlowOutcome>;
  /** How many items of a loop are under way at a time, of as many as are wanted. */
  width(wanted: number): number;
  /** Has the runtime go through the items of a loop over a flow that is not pure. Null: the run does it. */
  readonly each: EachFunction | null;
  /** Starts a flow beside the run. Gives the id of its execution. */
  spawn(
    caller: Execution,
    step: Step,
    attempt: number,
    plan: FlowPlan,
    inputs: Outputs | Promise<Outputs>,
  ): string | Promise<string>;
  /** What is left to do when the flow that was entered has ended: flows that nobody waited for. Null: nothing. */
  remaining(run: RunAtEnd): Promise<void> | null;
}

/** The run whose main line has ended. */
export interface RunAtEnd {
  readonly tree: RunTree;
}
