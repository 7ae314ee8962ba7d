/** What a host tells of a flow. */
import { randomBytes } from 'node:crypto';
import type { ApiAccess, FlowInfo } from '@flowdeck/engine';
import type { DocumentTriggers } from './document-triggers.js';
import type { EventFlows } from './event-flows.js';
import { type FlowState, type FlowStore, OFF } from './flow-store.js';
import type { HostedFlow } from './host-types.js';
import type { ScheduledFlows } from './scheduled-flows.js';
import { isTriggered } from './triggered.js';

/** What an API flow that says nothing asks for. */
const BY_TOKEN: ApiAccess = Object.freeze({ by: 'token' });

/** Where it is known. */
export interface HostedParts {
  readonly store: FlowStore;
  readonly triggers: DocumentTriggers;
  readonly schedules: ScheduledFlows;
  readonly events: EventFlows;
}

export function hostedFlow(info: FlowInfo, { store, triggers, schedules, events }: HostedParts): HostedFlow {
  const { on, token } = store.get(info.id) ?? OFF;
  const poll = events.polls.info(info.id);
  return {
    info,
    on: isTriggered(info.type) ? on : true,
    access: accessOf(info, triggers),
    token,
    next: on ? (schedules.next(info.id) ?? poll?.dueAt ?? null) : null,
    webhook: events.webhooks.info(info.id),
    poll,
  };
}

/** Who may call it; null: it is no API flow. */
function accessOf({ id, type }: FlowInfo, { accesses }: DocumentTriggers): ApiAccess | null {
  return type === 'api' ? (accesses.get(id) ?? BY_TOKEN) : null;
}

/** What is kept of a flow that is turned on or off. An API flow that is called by token gets one when it is first on. */
export function turned(
  info: FlowInfo,
  before: FlowState,
  on: boolean,
  triggers: DocumentTriggers,
  now: number,
): FlowState {
  const needsToken = on && accessOf(info, triggers)?.by === 'token';
  const token = before.token ?? (needsToken ? randomBytes(24).toString('base64url') : null);
  return { on, token, since: on && !before.on ? now : before.since };
}
