/** One activation of a flow, as those see it who hold or tell of it and do not run it. */
import type { FlowPlan, Readable, Step } from '../plan/index.js';

export interface Execution extends Readable {
  readonly plan: FlowPlan;
  /** Id of the whole run. */
  readonly runId: string;
  /** The path of calls that led here: `run/each.3`. Made when asked for. */
  readonly executionId: string;
  /** The same of an execution that nobody waits for; null for any other. */
  readonly home: string | null;
  /** The calling execution and card; null for the flow that the run was started with. */
  readonly caller: Execution | null;
  readonly via: Step | null;
  /** Position in a loop, or null. */
  readonly index: number | null;
  /** True: a pass of a loop block, which is part of the execution of `caller`. */
  readonly pass: boolean;
}
