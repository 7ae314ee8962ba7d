/** Which card of the host a foreign card is, and the other way round: by the addresses that cards declare. */
import type { CardAddress, CardType } from '@flowdeck/engine';
import { addressKey, addressParts } from '@flowdeck/engine/kit';
import type { RawKind } from '../read/index.js';
import { type CardMapping, mappingBy } from './mapping.js';
import { isPlatform } from './platform.js';

/** The foreign card that is written for one of ours. */
export interface ForeignCard {
  /** `namespace:card` of a card of the platform; for one of a connector, another text that nothing else has. */
  readonly kind: string;
  readonly mapping: CardMapping;
  readonly declared: CardAddress;
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

/** Of two cards that declare one address, the one that takes the place of the other has it; else the first. */
export function counterpartsAmong(cards: Iterable<CardType>): Counterparts {
  const found = new Map<string, CardMapping>();
  const written = new Map<string, ForeignCard>();
  const connectors: (readonly [module: string, connector: string])[] = [];
  for (const card of cards) {
    for (const declared of card.addresses ?? []) {
      const parts = addressParts(declared.address);
      if (parts === null) continue;
      const key = addressKey(parts);
      const mapping = mappingBy(declared, card);
      const known = found.get(key);
      if (known === undefined || known.card === declared.insteadOf) found.set(key, mapping);
      if (!written.has(card.id)) written.set(card.id, { kind: kindFor(key), mapping, declared });
      const connector = card.connection?.connector;
      if (parts.channel !== null && connector !== undefined) connectors.push([parts.channel, connector]);
    }
  }
  return {
    of: (kind) => found.get(addressKey(kind)) ?? found.get(addressKey(asChannel(kind))) ?? null,
    foreign: (cardId) => written.get(cardId) ?? null,
    connectorOf: (module) => connectors.find(([theirs]) => theirs === module)?.[1] ?? module,
    moduleOf: (connector) => connectors.find(([, ours]) => ours === connector)?.[0] ?? connector,
  };
}

/** A card of the platform goes by `namespace:card`, so that one that stands for a structure is written as it. */
function kindFor(key: string): string {
  return key.replace(/^kernel:/, '');
}

/** What a file has as a card of the kernel may be one of a channel of the platform. */
function asChannel(kind: RawKind): RawKind {
  return kind.channel === null && isPlatform(kind.namespace) ? { ...kind, channel: kind.namespace } : kind;
}
