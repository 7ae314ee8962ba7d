/** What the event flows of a version hear of connectors. */
import { type PolledFlow, polledFlowsOf } from '../polling/polled-flows.js';
import { type Subscription, subscriptionsOf } from '../webhook/subscriptions.js';
import type { Served } from './served.js';

/** By id of the flow. */
export interface HeardOfConnectors {
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  readonly polled: ReadonlyMap<string, PolledFlow>;
}

/** @throws FlowdeckError `proof-unknown`. */
export function heardIn({ engine, flows, triggers: { events } }: Served): HeardOfConnectors {
  return { subscriptions: subscriptionsOf(engine, flows, events), polled: polledFlowsOf(engine, flows, events) };
}
