/** The schedules of a deck. */
import type { FlowFile, Schedule } from '@flowdeck/engine';
import { isDeck } from '@flowdeck/engine/kit';

/** By id of the flow. */
export function schedulesOf(document: FlowFile): ReadonlyMap<string, Schedule> {
  const flows = isDeck(document) ? document.flows : [document];
  return new Map(flows.flatMap(({ id, schedule }) => (schedule === undefined ? [] : [[id, schedule] as const])));
}
