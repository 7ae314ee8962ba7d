/** Packs: what a third party ships. */
import { FlowdeckError } from '../errors.js';
import type { CardType } from './define.js';
import { traitFaults } from './trait-rules.js';

export interface Pack {
  /** Name of the npm package. */
  readonly name: string;
  /** Every card id and connector key of the pack stands under one of these. */
  readonly namespace: string | readonly string[];
  /** Semantic version; a document pins it with `requires`. */
  readonly version: string;
  readonly cards?: readonly CardType[];
  /** Connector decks: JSON documents with a `connector` manifest. Their action flows become cards by themselves. */
  readonly connectors?: readonly unknown[];
}

const NAMESPACE = /^[a-z][a-z0-9-]{0,63}$/;
const CARD_ID = /^([a-z][a-z0-9-]*)\.[A-Za-z][A-Za-z0-9_-]*$/;

/**
 * Declares a pack, and checks what can be checked without an engine.
 *
 * @throws FlowdeckError `pack-invalid` when a namespace or a card id is malformed, a card stands outside the pack's
 * namespaces, or a trait of a card is none.
 * @example
 * export const acme = definePack({ name: 'flowdeck-acme', namespace: 'acme', version: '1.0.0', cards: [shout] });
 */
export function definePack(pack: Pack): Pack {
  const namespaces = namespacesOf(pack);
  for (const namespace of namespaces) {
    if (!NAMESPACE.test(namespace)) {
      throw invalidPack(pack, `"${namespace}" is not a namespace.`, 'Use lower-case letters, digits and hyphens.');
    }
  }
  for (const card of pack.cards ?? []) {
    const namespace = CARD_ID.exec(card.id)?.[1];
    if (namespace === undefined || !namespaces.includes(namespace)) {
      throw invalidPack(
        pack,
        `Card "${card.id}" is not named "${namespaces[0]}.name".`,
        'Prefix the id with the namespace.',
      );
    }
    const [fault] = traitFaults(card);
    if (fault) throw invalidPack(pack, `Card "${card.id}": ${fault.message}`, fault.hint);
  }
  return pack;
}

export function namespacesOf(pack: Pack): readonly string[] {
  return typeof pack.namespace === 'string' ? [pack.namespace] : pack.namespace;
}

function invalidPack(pack: Pack, message: string, hint: string): FlowdeckError {
  return new FlowdeckError('pack-invalid', `Pack "${pack.name}": ${message}`, { hint });
}
