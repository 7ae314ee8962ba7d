/** Which flows hear which events of which connectors: what a deck asks for, and what the manifests say of it. */
import { manifestIn } from '@flowdeck/connect';
import { type Deck, type Engine, type EventTrigger, FlowdeckError, type FlowInfo } from '@flowdeck/engine';
import type { ConnectorEvent, EventDelivery } from '@flowdeck/engine/kit';
import type { HostCode } from '../codes.js';

/** A flow that hears an event of a connector by webhook. */
export interface Subscription {
  /** The user's flow. */
  readonly flow: FlowInfo;
  readonly connector: string;
  readonly event: ConnectorEvent;
  readonly delivery: EventDelivery;
  /** Name of the connection. */
  readonly connection: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** The connector's own flows. */
  readonly deck: Deck;
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
  for (const [id, { connector, name, connection, options = {} }] of triggers) {
    const flow = flows.get(id);
    const manifest = connector === undefined ? null : manifestIn(engine, connector);
    const event = manifest?.events?.find(({ key }) => key === name);
    if (flow === undefined || connector === undefined || event === undefined) continue;
    checkProofs(engine, connector, event);
    found.set(id, {
      flow,
      connector,
      event,
      delivery: event.delivery ?? {},
      connection: connection ?? connector,
      options,
      deck: engine.connector(connector),
    });
  }
  return found;
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
