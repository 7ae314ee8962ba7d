/** Which flows hear which events of which connectors: what a deck asks for, and what the manifests say of it. */
import { type Engine, type EventTrigger, FlowdeckError, type FlowInfo } from '@flowdeck/engine';
import type { ConnectorEvent, EventDelivery } from '@flowdeck/engine/kit';
import type { HostCode } from '../codes.js';
import { type ConnectedFlow, connectedFlows } from '../serve/connected-flows.js';
import { isSameSubject, type Registrant } from './registrants.js';

/** A flow that hears an event of a connector by webhook. */
export interface Subscription extends ConnectedFlow {
  readonly event: ConnectorEvent;
  readonly delivery: EventDelivery;
  /** Something of a delivery is held against the connection. */
  readonly readsConnection: boolean;
}

/**
 * By id of the flow. Events that no webhook brings are not among them.
 *
 * @throws FlowdeckError `proof-unknown`: nothing that is sent could ever be proven.
 */
export function subscriptionsOf(
  engine: Engine,
  flows: ReadonlyMap<string, FlowInfo>,
  triggers: ReadonlyMap<string, EventTrigger>,
): ReadonlyMap<string, Subscription> {
  const found = new Map<string, Subscription>();
  for (const { trigger, manifest, ...connected } of connectedFlows(engine, flows, triggers)) {
    const event = manifest.events?.find(({ key }) => key === trigger.name);
    if (event === undefined) continue;
    checkProofs(engine, connected.connector, event);
    const { delivery = {} } = event;
    found.set(connected.flow.id, { ...connected, event, delivery, readsConnection: readsConnection(delivery) });
  }
  return found;
}

/** Whether the same is registered at the service by others of the same flow. */
export function isStillHeard(former: Registrant, by: ReadonlyMap<string, Subscription>): boolean {
  const next = by.get(former.flow.id);
  return next !== undefined && isSameSubject(former, next);
}

/** Looking a connection up may take a file: it is done where something is read from it. */
function readsConnection(declared: EventDelivery): boolean {
  return (
    declared.secret?.from === 'connection' ||
    declared.route !== undefined ||
    JSON.stringify(declared).includes('"connection"')
  );
}

function checkProofs(engine: Engine, connector: string, { key, delivery }: ConnectorEvent): void {
  for (const { scheme, name = '' } of delivery?.verify ?? []) {
    if (scheme !== 'code' || engine.proof(name) !== undefined) continue;
    throw new FlowdeckError<HostCode>(
      'proof-unknown',
      `Deliveries of "${key}" of the connector "${connector}" are proven by "${name}", which no pack brings.`,
      { hint: 'Give the engine the package of the connector, and not its directory alone: its code has the proof.' },
    );
  }
}
