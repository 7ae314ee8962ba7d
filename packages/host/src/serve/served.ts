/** What a host serves at a time: a deck, the engine that loaded it, and what starts its flows. */
import type { Deck, Engine, FlowInfo } from '@flowdeck/engine';
import { type DocumentTriggers, triggersOf } from './document-triggers.js';
import { unknownFlow } from './errors.js';

/** A version of the flows of a host. */
export interface HostVersion {
  /** Runs the flows. It loaded the deck. */
  readonly engine: Engine;
  /** Whose flows they are. */
  readonly deck: Deck;
}

/** The same, read. */
export interface Served extends HostVersion {
  /** By id, in document order. */
  readonly flows: ReadonlyMap<string, FlowInfo>;
  readonly triggers: DocumentTriggers;
}

export function servedOf({ engine, deck }: HostVersion): Served {
  return {
    engine,
    deck,
    flows: new Map(deck.flows.map((flow) => [flow.id, flow])),
    triggers: triggersOf(deck.document),
  };
}

/** @throws FlowdeckError `flow-unknown`. */
export function knownFlow({ flows }: Pick<Served, 'flows'>, id: string): FlowInfo {
  const info = flows.get(id);
  if (info !== undefined) return info;
  throw unknownFlow(id, [...flows.keys()]);
}
