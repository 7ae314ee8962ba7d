/** What the flows of a deck say of what starts them. */
import type { ApiAccess, EventTrigger, FlowFile, Schedule } from '@flowdeck/engine';
import { flowsOf } from '@flowdeck/engine/kit';

/** By id of the flow. */
export interface DocumentTriggers {
  readonly schedules: ReadonlyMap<string, Schedule>;
  /** Of API flows that say who may call them. */
  readonly accesses: ReadonlyMap<string, ApiAccess>;
  readonly events: ReadonlyMap<string, EventTrigger>;
}

export function triggersOf(document: FlowFile): DocumentTriggers {
  const schedules = new Map<string, Schedule>();
  const accesses = new Map<string, ApiAccess>();
  const events = new Map<string, EventTrigger>();
  for (const { id, schedule, access, event } of flowsOf(document)) {
    if (schedule !== undefined) schedules.set(id, schedule);
    if (access !== undefined) accesses.set(id, access);
    if (event !== undefined) events.set(id, event);
  }
  return { schedules, accesses, events };
}
