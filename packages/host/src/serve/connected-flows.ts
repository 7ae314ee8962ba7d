/** Event flows that a connector starts: what the deck asks for, and the connector's own flows. */
import { manifestIn } from '@flowdeck/connect';
import type { Deck, Engine, EventTrigger, FlowInfo } from '@flowdeck/engine';
import type { ConnectorDocument } from '@flowdeck/engine/kit';

/** A flow that something of a connector starts. */
export interface ConnectedFlow {
  /** The user's flow. */
  readonly flow: FlowInfo;
  /** Key of the connector. */
  readonly connector: string;
  /** Name of the connection. */
  readonly connection: string;
  /** What its user has settled, by key. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Runs the connector's own flows: it loaded them. */
  readonly engine: Engine;
  /** The connector's own flows. */
  readonly deck: Deck;
}

/** The same, with what it asks for. */
export interface ConnectedTrigger extends ConnectedFlow {
  readonly trigger: EventTrigger;
  readonly manifest: ConnectorDocument;
}

/** Flows of connectors that the engine does not know are not among them. */
export function* connectedFlows(
  engine: Engine,
  flows: ReadonlyMap<string, FlowInfo>,
  triggers: ReadonlyMap<string, EventTrigger>,
): Iterable<ConnectedTrigger> {
  for (const [id, trigger] of triggers) {
    const { connector, connection, options = {} } = trigger;
    const flow = flows.get(id);
    const manifest = connector === undefined ? null : manifestIn(engine, connector);
    if (flow === undefined || connector === undefined || manifest === null) continue;
    const deck = engine.connector(connector);
    yield { flow, connector, connection: connection ?? connector, options, engine, deck, trigger, manifest };
  }
}
