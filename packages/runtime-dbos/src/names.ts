/** How the workflows and their queues are called. Runs that are under way know these names: they never change. */
import type { RunSeal } from '@flowdeck/engine';

/** Name of the workflow that carries runs out; its id is the id of the run. */
export const FLOW_RUN = 'flowRun';

/** Name of the workflow that carries calls out; its id is the id of the execution. */
export const FLOW_CALL = 'flowCall';

/** A queue per revision and key: only workers that hold both take runs from it, and all others leave them there. */
export function queueOf(revision: string, seal?: RunSeal): string {
  return seal === undefined ? `flow-${revision}` : `flow-${revision}-${seal.id}`;
}

/** Milliseconds between two looks at the database, by those who wait for a workflow and by those who take new ones. */
export const POLL_MS = 50;
