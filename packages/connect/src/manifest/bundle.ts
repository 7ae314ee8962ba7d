/** A connector that is one file: the deck that the files of its directory come to. */
import { isDeck, isPlainObject, parseDocument } from '@flowdeck/engine/kit';
import { checkConnector } from '../rules/check.js';
import type { AssembledConnector, ConnectorFile } from './assemble.js';

/** Reads it, with all that is wrong. Null: what the file holds is no connector, and is not meant as one. */
export function readBundle({ path, text }: ConnectorFile): AssembledConnector | null {
  const parsed = parseDocument(text, { file: path });
  const { document } = parsed;
  const place: AssembledConnector['place'] = (found) => parsed.place(found);
  if (document === null) return isOther(text) ? null : { deck: null, diagnostics: parsed.diagnostics, place };
  if (!isDeck(document) || document.connector === undefined) return null;
  const deck = { ...document, connector: document.connector };
  const diagnostics = [...parsed.diagnostics, ...place(checkConnector(deck))];
  return { deck: diagnostics.some(({ severity }) => severity === 'error') ? null : deck, diagnostics, place };
}

/** JSON that is sound and means something else: its faults as a deck are of no use to anybody. */
function isOther(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return !isPlainObject(value) || !Object.hasOwn(value, 'connector');
  } catch {
    return false;
  }
}
