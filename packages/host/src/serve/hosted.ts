/** What a host tells of a flow. */
import type { ApiAccess, FlowInfo } from '@flowdeck/engine';
import type { Scheduler } from '../schedule/scheduler.js';
import type { DocumentTriggers } from './document-triggers.js';
import type { EventFlows } from './event-flows.js';
import { type FlowStore, OFF } from './flow-store.js';
import type { HostedFlow } from './host-types.js';
import { isTriggered } from './triggered.js';

/** What an API flow that says nothing asks for. */
const BY_TOKEN: ApiAccess = Object.freeze({ by: 'token' });

/** Where it is known. */
export interface HostedParts {
  readonly store: FlowStore;
  readonly triggers: DocumentTriggers;
  readonly scheduler: Scheduler;
  readonly events: EventFlows;
}

export function hostedFlow(info: FlowInfo, { store, triggers, scheduler, events }: HostedParts): HostedFlow {
  const { on, token } = store.get(info.id) ?? OFF;
  const poll = events.polls.info(info.id);
  return {
    info,
    on: isTriggered(info.type) ? on : true,
    access: accessOf(info, triggers),
    token,
    next: on ? (scheduler.next(info.id) ?? poll?.dueAt ?? null) : null,
    webhook: events.webhooks.info(info.id),
    poll,
  };
}

/** Who may call it; null: it is no API flow. */
export function accessOf({ id, type }: FlowInfo, { accesses }: DocumentTriggers): ApiAccess | null {
  return type === 'api' ? (accesses.get(id) ?? BY_TOKEN) : null;
}
