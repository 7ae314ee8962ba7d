/** How a deck stands in a directory: a file for every flow, one for what belongs to all, one for the originals. */
import type { DeckDocument, FlowFile } from '@flowdeck/engine';

/** What the flow files do not say of an export. Beside them, so that a diff of them shows only what matters. */
export const ORIGINALS = 'originals.json';
const DECK = 'deck';
const EXTENSION = '.flow.json';

export interface DeckFile {
  readonly name: string;
  readonly content: FlowFile;
}

export function splitDeck({ flowdeck, flows, requires, ...shared }: DeckDocument): readonly DeckFile[] {
  // Some file systems do not tell upper case from lower case.
  const taken = new Set([DECK]);
  const files = flows.map((flow): DeckFile => {
    let name = flow.id;
    for (let count = 2; taken.has(name.toLowerCase()); count++) name = `${flow.id}-${count}`;
    taken.add(name.toLowerCase());
    return { name: `${name}${EXTENSION}`, content: { flowdeck, ...flow } };
  });
  const { $schema: _, ...rest } = shared;
  const deck: DeckDocument = { flowdeck, ...rest, ...(requires === undefined ? {} : { requires }), flows: [] };
  const hasShared = Object.keys(deck).length > 2;
  return hasShared ? [{ name: `${DECK}${EXTENSION}`, content: deck }, ...files] : files;
}
