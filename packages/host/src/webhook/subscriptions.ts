/** Which flows hear which events of which connectors: what a deck asks for, and what the manifests say of it. */
import { manifestIn } from '@flowdeck/connect';
import type { Deck, Engine, EventTrigger, FlowInfo } from '@flowdeck/engine';
import type { ConnectorEvent, EventDelivery } from '@flowdeck/engine/kit';

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

/** By id of the flow. Events that no webhook brings are not among them. */
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
