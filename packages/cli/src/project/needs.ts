/** Which packs documents and connections need: by their cards, what they require, and whose account they have. */
import type { Connection, FlowFile } from '@flowdeck/engine';
import { type CardNode, flowsOf, isDeck } from '@flowdeck/engine/kit';
import type { Project } from './project.js';

/** Namespaces of packs. */
export type Namespaces = ReadonlySet<string>;

/** What a project and the connections for it mention. Broken files have no say. */
export function neededNamespaces(project: Project, connections: Iterable<Connection> = []): Namespaces {
  const documents = project.files.flatMap(({ parsed: { document } }) => document ?? []);
  const found = new Set([...connections].map(({ connector }) => connector));
  for (const document of documents) noteDocument(document, found);
  // A deck that is a connector brings itself what a pack of that name would bring.
  for (const document of documents) if (isDeck(document) && document.connector) found.delete(document.connector.key);
  return found;
}

function noteDocument(document: FlowFile, found: Set<string>): void {
  for (const namespace of Object.keys(document.requires ?? {})) found.add(namespace);
  for (const { cards } of flowsOf(document)) noteCards(cards, found);
}

function noteCards(cards: readonly CardNode[], found: Set<string>): void {
  for (const { card, blocks } of cards) {
    found.add(card.slice(0, card.indexOf('.')));
    for (const block of Object.values(blocks ?? {})) noteCards(block.cards, found);
  }
}
