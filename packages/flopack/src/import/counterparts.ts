/** Which card of the host a foreign card is, and the other way round: by the tables of the standard library, and by addresses that cards declare. */

import type { CardAddress, CardType } from '@flowdeck/engine';
import { addressKey, addressParts, fieldName } from '@flowdeck/engine/kit';
import type { CardMapping } from '../cards/card-mapping.js';
import type { RawKind } from '../read/index.js';
import { mappings, standardMapping } from './mapping.js';

/** The foreign card that is written for one of ours. */
export interface ForeignCard {
  /** `namespace:card` of a card of the platform; for one that a card declares, another text that nothing else has. */
  readonly kind: string;
  readonly mapping: CardMapping;
  /** Set: what the card declares. Otherwise it follows from the kind. */
  readonly address?: string;
}

export interface Counterparts {
  /** How a foreign card corresponds to one of ours; null for one that has no counterpart. */
  of(kind: RawKind): CardMapping | null;
  /** The foreign card that one of ours is; null when there is none. */
  foreign(cardId: string): ForeignCard | null;
  /** Our name of the connector that a connection of the file belongs to. */
  connectorOf(module: string): string;
  /** The other way round. */
  moduleOf(connector: string): string;
}

/** Channels of the platform that take connections, and the connector that our cards ask for in their place. */
const PLATFORM_CONNECTORS: readonly (readonly [module: string, connector: string])[] = [['httpfunctions', 'http']];

/** What a card declares goes before the tables; of two cards that declare one address, the first has it. */
export function counterpartsAmong(cards: Iterable<CardType>): Counterparts {
  const declared = new Map<string, CardMapping>();
  const written = new Map(standardForeign());
  const connectors = [...PLATFORM_CONNECTORS];
  for (const card of cards) {
    for (const [index, address] of (card.addresses ?? []).entries()) {
      const parts = addressParts(address.address);
      if (parts === null) continue;
      const key = addressKey(parts);
      const mapping = mappingBy(address, card);
      if (!declared.has(key)) declared.set(key, mapping);
      if (index === 0) written.set(card.id, { kind: kindFor(key), mapping, address: address.address });
      const connector = card.connection?.connector;
      if (parts.channel !== null && connector !== undefined) connectors.push([parts.channel, connector]);
    }
  }
  return {
    of: (kind) => declared.get(addressKey(kind)) ?? standardMapping(kind),
    foreign: (cardId) => written.get(cardId) ?? null,
    connectorOf: (module) => connectors.find(([theirs]) => theirs === module)?.[1] ?? module,
    moduleOf: (connector) => connectors.find(([, ours]) => ours === connector)?.[0] ?? connector,
  };
}

/** A card of the platform goes by `namespace:card`, as in the tables, so that one that stands for a structure is written as it. */
function kindFor(key: string): string {
  return key.replace(/^kernel:/, '');
}

/** The mapping that an address declares, with all fields that have one name in both. */
function mappingBy({ in: inputs = {}, out: outputs = {}, extraGroup }: CardAddress, card: CardType): CardMapping {
  const template = card.traits?.composes;
  const named = withSameNames(inputs, card.inputs.map(fieldName));
  const text = Object.entries(named).find(([, ours]) => ours === template)?.[0];
  return {
    card: card.id,
    in: named,
    out: withSameNames(outputs, card.outputs.map(fieldName)),
    extra: extraGroup === undefined ? card.extraInputs !== undefined : { group: extraGroup },
    ...(text === undefined ? {} : { template: text }),
  };
}

function withSameNames(names: Readonly<Record<string, string>>, ours: readonly string[]): Record<string, string> {
  const named = new Set(Object.values(names));
  return { ...names, ...Object.fromEntries(ours.filter((name) => !named.has(name)).map((name) => [name, name])) };
}

/** The foreign card that each of the standard library is; of several, the one that was observed. */
function standardForeign(): ReadonlyMap<string, ForeignCard> {
  const foreign = new Map<string, ForeignCard>();
  for (const [kind, mapping] of mappings()) {
    const known = foreign.get(mapping.card);
    if (!known || (known.mapping.inferred === true && mapping.inferred !== true))
      foreign.set(mapping.card, { kind, mapping });
  }
  return foreign;
}
