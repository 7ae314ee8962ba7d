/** A connector that is one file: the deck that the files of its directory come to. */
import { isDeck, parseDocument } from '@flowdeck/engine/kit';
import { checkConnector } from '../rules/check.js';
import type { AssembledConnector, ConnectorFile } from './assemble.js';

/** Reads it, with all that is wrong. Null: the file is sound, and holds no connector. */
export function readBundle({ path, text }: ConnectorFile): AssembledConnector | null {
  const parsed = parseDocument(text, { file: path });
  const { document } = parsed;
  const place: AssembledConnector['place'] = (found) => parsed.place(found);
  if (document === null) return { deck: null, diagnostics: parsed.diagnostics, place };
  if (!isDeck(document) || document.connector === undefined) return null;
  const deck = { ...document, connector: document.connector };
  const diagnostics = [...parsed.diagnostics, ...place(checkConnector(deck))];
  return { deck: diagnostics.some(({ severity }) => severity === 'error') ? null : deck, diagnostics, place };
}
