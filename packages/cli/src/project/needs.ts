/** Which packs documents and connections need: by their cards, what they require, and whose account they have. */
import type { Connection } from '@flowdeck/engine';
import { type CardNode, flowsOf, isDeck } from '@flowdeck/engine/kit';
import type { Project } from './project.js';

/** Namespaces of packs. */
export type Namespaces = ReadonlySet<string>;

/** What the files of a project and the connections for them mention. */
export interface Needs {
  readonly namespaces: Namespaces;
  /** Ids. */
  readonly cards: ReadonlySet<string>;
}

/** What a project and the connections for it mention. Broken files have no say. */
export function needsOf(project: Project, connections: Iterable<Connection> = []): Needs {
  const documents = project.files.flatMap(({ parsed: { document } }) => document ?? []);
  const cards = new Set(documents.flatMap(flowsOf).flatMap((flow) => [...idsIn(flow.cards)]));
  const namespaces = new Set([...connections].map(({ connector }) => connector));
  for (const id of cards) namespaces.add(id.slice(0, id.indexOf('.')));
  for (const { event } of documents.flatMap(flowsOf))
    if (event?.connector !== undefined) namespaces.add(event.connector);
  for (const document of documents) for (const name of Object.keys(document.requires ?? {})) namespaces.add(name);
  // A deck that is a connector brings itself what a pack of that name would bring.
  for (const document of documents)
    if (isDeck(document) && document.connector) namespaces.delete(document.connector.key);
  return { namespaces, cards };
}

/** Of these needs the namespaces, for commands that may come to use any card. */
export function neededNamespaces(project: Project, connections: Iterable<Connection> = []): Namespaces {
  return needsOf(project, connections).namespaces;
}

function* idsIn(cards: readonly CardNode[]): Iterable<string> {
  for (const { card, blocks } of cards) {
    yield card;
    for (const block of Object.values(blocks ?? {})) yield* idsIn(block.cards);
  }
}
