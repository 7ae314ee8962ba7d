/** What the format itself knows: its structures, and the channels that are part of the platform. */
import type { CardType } from '@flowdeck/engine';
import { addressParts } from '@flowdeck/engine/kit';
import { kindName, type RawKind } from '../read/index.js';

/** Channels that are part of the platform and not an outside service. Some files have their cards as cards of the kernel. */
const PLATFORM: ReadonlySet<string> = new Set(['stash', 'httpfunctions', 'filefunctions']);

/**
 * The cards that stand for structures of the format, whose graphs become blocks. An import makes these whatever cards the
 * host has: no other card has the blocks that it fills.
 */
const STRUCTURES: ReadonlyMap<string, string> = new Map([
  ['control:if', 'control.ifElse'],
  ['control:branch', 'control.ifElseIf'],
  ['control:tryCatch', 'error.ifError'],
  ['control:comment', 'control.comment'],
]);

/** The card type that stands for a structure of the format. */
export function structureOf(kind: RawKind): string {
  const name = kindName(kind);
  return STRUCTURES.get(name) ?? name.replace(':', '.');
}

/** Namespaces of the cards that stand for cards of the platform: no connector may take one of these. */
export function platformNamespaces(cards: Iterable<CardType>): ReadonlySet<string> {
  const namespaces = new Set<string>();
  for (const { id, addresses = [] } of cards) {
    const isOfPlatform = addresses.some(({ address }) => {
      const parts = addressParts(address);
      return parts !== null && (parts.channel === null || isPlatform(parts.channel));
    });
    if (isOfPlatform) namespaces.add(id.slice(0, id.indexOf('.')));
  }
  return namespaces;
}

export function isPlatform(channel: string): boolean {
  return PLATFORM.has(channel);
}
