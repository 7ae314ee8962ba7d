/** Which flows something other than a person starts. */
import type { FlowType } from '@flowdeck/engine';

const TRIGGERED: ReadonlySet<FlowType> = new Set<FlowType>(['api', 'schedule', 'event', 'delegated']);

/** Whether a host starts flows of this type by itself, while they are on. */
export function isTriggered(type: FlowType): boolean {
  return TRIGGERED.has(type);
}
