/** Which flows hear what is asked for again and again: what a deck asks for, and what the manifests say of it. */
import type { PollPolicy } from '@flowdeck/connect';
import type { DataObject, Engine, EventTrigger, FlowInfo } from '@flowdeck/engine';
import type { ConnectorPoll } from '@flowdeck/engine/kit';
import { type ConnectedFlow, connectedFlows } from '../serve/connected-flows.js';

/** A flow that hears a poll of a connector. */
export interface PolledFlow extends ConnectedFlow {
  readonly poll: ConnectorPoll;
  /** From the beginning of one turn to that of the next, in milliseconds. */
  readonly everyMs: number;
}

const DEFAULT_SECONDS = 300;

/** By id of the flow. */
export function polledFlowsOf(
  engine: Engine,
  flows: ReadonlyMap<string, FlowInfo>,
  triggers: ReadonlyMap<string, EventTrigger>,
): ReadonlyMap<string, PolledFlow> {
  const found = new Map<string, PolledFlow>();
  for (const { trigger, manifest, ...connected } of connectedFlows(engine, flows, triggers)) {
    const poll = manifest.polls?.find(({ key }) => key === trigger.name);
    const { everySeconds = DEFAULT_SECONDS } = trigger;
    if (poll !== undefined) found.set(connected.flow.id, { ...connected, poll, everyMs: everySeconds * 1000 });
  }
  return found;
}

/** What is asked for: a cursor of one subject means nothing to another. Another version of a flow is the same subject. */
export function pollSubject({ connector, poll, connection, options }: PolledFlow): DataObject {
  // Options stand in a document, which is JSON.
  return { connector, poll: poll.key, connection, options: options as DataObject };
}

export function pollPolicy({ poll: { first = 'now', id, order = 'oldestFirst' } }: PolledFlow): PollPolicy {
  return { first, id: id ?? null, order };
}
