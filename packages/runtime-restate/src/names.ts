/** How the workflows and their promises are called. Runs that are under way know these names: they never change. */

/** Name of the workflow that carries runs out, keyed by the id of the run. */
export const FLOW_RUN = 'flowRun';

/** Name of the workflow that carries calls out, keyed by the id of the execution. */
export const FLOW_CALL = 'flowCall';

/** The state of a run's workflow, by which a list of runs says of which flow they are. */
export const RUN_STATE = 'run';

/** The name of the durable promise for the n-th signal of a name. */
export function signalName(name: string, number: number): string {
  return `${name}#${number}`;
}
