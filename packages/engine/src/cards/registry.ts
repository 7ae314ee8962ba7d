/** The card types and connectors that an engine knows. */
import type { DeckDocument } from '../document/types.js';
import { FlowdeckError } from '../errors.js';
import { deepFreeze } from '../values/index.js';
import { addressKey, addressParts } from './addresses.js';
import type { CardType } from './define.js';
import { checkedPack, isSealed, namespacesOf } from './pack.js';
import type { Pack } from './pack-type.js';
import type { DeliveryProofFunction } from './proof.js';

/** A connector as the registry holds it: its deck, and the cards derived from its action flows. */
export interface RegisteredConnector {
  /** Its namespace, such as `twilio`: connections and derived cards name it. */
  readonly key: string;
  /** For people. */
  readonly name: string;
  /** Semantic version. */
  readonly version: string;
  /** Its manifest and flows. */
  readonly deck: DeckDocument;
}

/** Where an entry came from, for listings and for messages about collisions. */
export interface RegisteredCard {
  /** The card type. */
  readonly card: CardType;
  /** Name of the pack that brings it. */
  readonly pack: string;
  /** Version of that pack, or of the connector that it is derived from. */
  readonly version: string;
  /** Set for a card derived from a connector's action flow. */
  readonly action?: { readonly connector: string; readonly flow: string };
}

/** Who has an address. */
interface AddressClaim {
  readonly id: string;
  readonly insteadOf: string | undefined;
}

export class Registry {
  readonly #cards = new Map<string, RegisteredCard>();
  readonly #connectors = new Map<string, RegisteredConnector>();
  /** The card that has an address, and the one in whose place. */
  readonly #addresses = new Map<string, AddressClaim>();
  readonly #versions = new Map<string, string>();
  readonly #sealed = new Set<string>();
  readonly #proofs = new Map<string, DeliveryProofFunction>();

  /**
   * Adds the cards of a pack, and gives the pack as it was checked.
   *
   * @throws DeclarationError `pack-invalid` when its declaration is faulty.
   * @throws FlowdeckError `duplicate-card` when two packs claim one card id, `duplicate-address` when two cards claim one address,
   * `duplicate-proof` when two packs bring proofs of one name.
   */
  addPack(declared: Pack): Pack {
    const pack = checkedPack(declared);
    for (const namespace of namespacesOf(pack)) this.#versions.set(namespace, pack.version);
    if (isSealed(pack)) for (const { id } of pack.cards ?? []) this.#sealed.add(id);
    for (const card of pack.cards ?? []) this.addCard({ card, pack: pack.name, version: pack.version });
    for (const [name, proof] of Object.entries(pack.proofs ?? {})) this.#addProof(name, proof);
    return pack;
  }

  addCard(entry: RegisteredCard): void {
    const known = this.#cards.get(entry.card.id);
    if (known) {
      throw new FlowdeckError(
        'duplicate-card',
        `Card "${entry.card.id}" of pack "${entry.pack}" is already registered by pack "${known.pack}".`,
        { hint: 'Remove one of the two packs, or rename its namespace.' },
      );
    }
    for (const { address, insteadOf } of entry.card.addresses ?? []) {
      this.#claim(address, { id: entry.card.id, insteadOf });
    }
    this.#cards.set(entry.card.id, entry);
  }

  /** Never the later one instead of the first: whoever is let in by it would not have been by the other. */
  #addProof(name: string, proof: DeliveryProofFunction): void {
    if (this.#proofs.has(name)) {
      throw new FlowdeckError('duplicate-proof', `Two packs bring a proof "${name}".`, {
        hint: 'Remove one of the two packs, or rename its proof.',
      });
    }
    this.#proofs.set(name, proof);
  }

  #claim(address: string, claim: AddressClaim): void {
    const parts = addressParts(address);
    if (parts === null) return;
    const key = addressKey(parts);
    const known = this.#addresses.get(key);
    if (known?.insteadOf === claim.id) return;
    if (known !== undefined && known.id !== claim.insteadOf) {
      throw new FlowdeckError(
        'duplicate-address',
        `The cards "${known.id}" and "${claim.id}" both stand for ${address}.`,
        {
          hint: `Remove one of the two, or its address; or let the one that is to be taken say so: insteadOf: "${known.id}".`,
        },
      );
    }
    this.#addresses.set(key, claim);
  }

  /** @throws FlowdeckError `duplicate-connector`. */
  addConnector(connector: RegisteredConnector): void {
    if (this.#connectors.has(connector.key)) {
      throw new FlowdeckError('duplicate-connector', `Connector "${connector.key}" is registered twice.`, {
        hint: 'Load each connector pack once.',
      });
    }
    this.#connectors.set(connector.key, connector);
    this.#versions.set(connector.key, connector.version);
  }

  card(id: string): RegisteredCard | undefined {
    const entry = this.#cards.get(id);
    return entry && handedOut(entry);
  }

  /** Whether the card gives what it declares for certain. */
  isSealed(id: string): boolean {
    return this.#sealed.has(id);
  }

  connector(key: string): RegisteredConnector | undefined {
    return this.#connectors.get(key);
  }

  /** Version of the pack or connector that owns a namespace. */
  version(namespace: string): string | undefined {
    return this.#versions.get(namespace);
  }

  /** All cards, sorted by id. */
  cards(): readonly RegisteredCard[] {
    return [...this.#cards.values()].map(handedOut).sort((a, b) => (a.card.id < b.card.id ? -1 : 1));
  }

  proof(name: string): DeliveryProofFunction | undefined {
    return this.#proofs.get(name);
  }

  connectors(): readonly RegisteredConnector[] {
    return [...this.#connectors.values()];
  }
}

/** Nobody can change what an engine hands out. Most packs are frozen already; of a sealed one each card is when it is asked for. */
function handedOut(entry: RegisteredCard): RegisteredCard {
  if (!Object.isFrozen(entry.card)) deepFreeze(entry.card);
  return entry;
}
