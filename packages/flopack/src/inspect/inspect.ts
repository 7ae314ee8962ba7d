/** What a deck consists of, and what it needs to run. */
import type { DeckDocument, FlowFile } from '@flowdeck/engine';
import { type CardNode, type DeckFlow, isDeck } from '@flowdeck/engine/kit';
import { member } from '../json.js';

/** What a person first asks of a flow. */
export interface InspectedFlow {
  /** Id in the document. */
  readonly id: string;
  /** For people; the id where the document has no name. */
  readonly name: string;
  /** What starts it. */
  readonly type: DeckFlow['type'];
  /** Cards, those in blocks included. */
  readonly cards: number;
  /** Ids of the flows that it calls, each once, in order. */
  readonly calls: readonly string[];
  /** Names of the connections that its own cards use. */
  readonly connections: readonly string[];
}

/** What a person first asks of a file. */
export interface Inspection {
  /** In document order. */
  readonly flows: readonly InspectedFlow[];
  /** How often each card is used. */
  readonly cards: Readonly<Record<string, number>>;
  /** Namespaces of cards that the given packs do not bring, with their cards. */
  readonly missing: Readonly<Record<string, readonly string[]>>;
  /** Name and, when the import noted it, connector. */
  readonly connections: readonly { readonly name: string; readonly connector: string | null }[];
  /** In document order; `columns` is how many there are. */
  readonly tables: readonly { readonly id: string; readonly name: string; readonly columns: number }[];
  /** Flows that are called and not in the file. */
  readonly missingFlows: readonly string[];
}

/**
 * Looks at a document without running it. `known`: ids of the cards that the host has.
 *
 * @example
 * inspectDocument(document, new Set(standard.cards.map((card) => card.id))).missing; // { okta: ['okta.readUser'] }
 */
export function inspectDocument(document: FlowFile, known: ReadonlySet<string> = new Set()): Inspection {
  const deck: DeckDocument = isDeck(document) ? document : { flowdeck: 1, flows: [document] };
  const cards = new Map<string, number>();
  for (const flow of deck.flows)
    for (const card of cardsOf(flow)) cards.set(card.card, (cards.get(card.card) ?? 0) + 1);
  const flows = deck.flows.map(inspectFlow);
  return {
    flows,
    cards: Object.fromEntries([...cards].sort(([a], [b]) => (a < b ? -1 : 1))),
    missing: known.size === 0 ? {} : grouped([...cards.keys()].filter((card) => !known.has(card)).sort()),
    connections: connectionsOf(deck, flows),
    tables: (deck.tables ?? []).map(({ id, name = id, columns }) => ({ id, name, columns: columns.length })),
    missingFlows: deck.flows.filter((flow) => flow.meta?.['missing'] === true).map((flow) => flow.id),
  };
}

/** All cards of a flow, blocks included, in the order of the document. */
export function* cardsOf(flow: Pick<DeckFlow, 'cards'>): Iterable<CardNode> {
  for (const card of flow.cards) {
    yield card;
    for (const block of Object.values(card.blocks ?? {})) yield* cardsOf(block);
  }
}

function inspectFlow(flow: DeckFlow): InspectedFlow {
  const cards = [...cardsOf(flow)];
  const trigger = member(flow.meta?.['trigger'], 'connection');
  const named = cards.flatMap((card) => card.connection ?? []);
  return {
    id: flow.id,
    name: flow.name ?? flow.id,
    type: flow.type,
    cards: cards.length,
    calls: [...new Set(cards.flatMap(callsOf))],
    connections: [...new Set(typeof trigger === 'string' ? [trigger, ...named] : named)],
  };
}

function callsOf(card: CardNode): string[] {
  const bound = Object.values(card.in ?? {}).flatMap((binding) =>
    typeof binding === 'object' && binding !== null && 'flow' in binding ? [binding.flow] : [],
  );
  return card.onError?.flow === undefined ? bound : [...bound, card.onError.flow];
}

function grouped(ids: readonly string[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const id of ids) {
    const namespace = id.slice(0, id.indexOf('.'));
    groups[namespace] = [...(groups[namespace] ?? []), id];
  }
  return groups;
}

function connectionsOf(deck: DeckDocument, flows: readonly InspectedFlow[]): Inspection['connections'] {
  const names = new Set(flows.flatMap((flow) => flow.connections));
  return [...names].sort().map((name) => {
    const connector = member(deck.meta?.['connections'], name);
    return { name, connector: typeof connector === 'string' && connector !== '' ? connector : null };
  });
}
