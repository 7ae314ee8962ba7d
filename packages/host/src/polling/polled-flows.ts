/** Which flows hear what is asked for again and again: what a deck asks for, and what the manifests say of it. */
import type { PollPolicy } from '@flowdeck/connect';
import type { DataObject, Engine, EventTrigger, FlowInfo, Value } from '@flowdeck/engine';
import { type ConnectorEvent, type ConnectorPoll, parsePointer, pointerReader } from '@flowdeck/engine/kit';
import { type ConnectedFlow, connectedFlows } from '../serve/connected-flows.js';

/** A flow that hears a poll of a connector. */
export interface PolledFlow extends ConnectedFlow {
  readonly poll: ConnectorPoll;
  /** From the beginning of one turn to that of the next, in milliseconds. */
  readonly everyMs: number;
  /** It brings what no delivery brought: items have the ids of deliveries, and a delivery puts the next turn off. */
  readonly isCatchUp: boolean;
}

const DEFAULT_SECONDS = 300;
/** Without a delivery. */
const SILENCE_SECONDS = 3_600;

/** By id of the flow. */
export function polledFlowsOf(
  engine: Engine,
  flows: ReadonlyMap<string, FlowInfo>,
  triggers: ReadonlyMap<string, EventTrigger>,
): ReadonlyMap<string, PolledFlow> {
  const found = new Map<string, PolledFlow>();
  for (const { trigger, manifest, ...connected } of connectedFlows(engine, flows, triggers)) {
    const { events = [], polls = [] } = manifest;
    const { catchUp } = events.find(({ key }) => key === trigger.name) ?? {};
    const poll = polls.find(({ key }) => key === (catchUp?.poll ?? trigger.name));
    if (poll === undefined) continue;
    const everyMs = secondsOf(trigger, catchUp) * 1000;
    found.set(connected.flow.id, { ...connected, poll, everyMs, isCatchUp: catchUp !== undefined });
  }
  return found;
}

function secondsOf({ everySeconds }: EventTrigger, catchUp: ConnectorEvent['catchUp']): number {
  if (catchUp === undefined) return everySeconds ?? DEFAULT_SECONDS;
  return catchUp.silenceSeconds ?? SILENCE_SECONDS;
}

/** What is asked for: a cursor of one subject means nothing to another. Another version of a flow is the same subject. */
export function pollSubject({ connector, poll, connection, options }: PolledFlow): DataObject {
  // Options stand in a document, which is JSON.
  return { connector, poll: poll.key, connection, options: options as DataObject };
}

/** By which the same is told when it is delivered; null: it has none. */
export function idOfItem({ poll }: PolledFlow, item: Value): string | null {
  const found = poll.id === undefined ? null : pointerReader(parsePointer(poll.id))(item);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : null;
}

export function pollPolicy({ poll: { first = 'now', id, order = 'oldestFirst' } }: PolledFlow): PollPolicy {
  return { first, id: id ?? null, order };
}
