/** Treats a flow and a deck alike. */
import type { DeckDocument, DeckFlow, FlowFile } from './types.js';

/** Whether a flow file holds a deck, and not a flow by itself. */
export function isDeck(document: FlowFile): document is DeckDocument {
  return 'flows' in document;
}

/**
 * The flows of a document, in order: those of a deck, or the one flow itself.
 *
 * @example for (const flow of flowsOf(document)) console.log(flow.id);
 */
export function flowsOf(document: FlowFile): readonly DeckFlow[] {
  return isDeck(document) ? document.flows : [document];
}
