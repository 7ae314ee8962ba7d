/** Reads `connector.json`: the manifest of a connector, alone in a file. */
import type { Diagnostic } from '@flowdeck/engine';
import { isPlainObject, JsonText, ParsedDocument, parseDocument } from '@flowdeck/engine/kit';

/** How the file of a manifest is called in a connector's directory. */
export const MANIFEST = 'connector.json';

/** Where the manifest stands in a deck. */
const IN_DECK = '/connector';

/**
 * Reads a manifest, and finds all that is wrong with it. It never throws. What it gives is a deck of the connector without
 * its flows; the diagnostics lead into the manifest.
 */
export function readManifest(source: string | JsonText, file: string = MANIFEST): ParsedDocument {
  const json = typeof source === 'string' ? new JsonText(source, { file }) : source;
  if (json.value === undefined) return new ParsedDocument(null, json.diagnostics, { file, json });
  const { document, diagnostics } = parseDocument({ flowdeck: 1, flows: [], connector: withoutLink(json.value) });
  const found = [...diagnostics.map(inManifest), ...json.duplicates];
  const refused = found.some(({ severity }) => severity === 'error');
  return new ParsedDocument(refused ? null : document, found, { file, json });
}

/** `$schema` is for editors. In a deck it stands at the top. */
function withoutLink(value: unknown): unknown {
  if (!isPlainObject(value)) return value;
  const { $schema: _, ...manifest } = value;
  return manifest;
}

function inManifest(found: Diagnostic): Diagnostic {
  return { ...found, pointer: pointerInManifest(found.pointer) };
}

/** The place in the manifest that a place under `/connector` of a deck stands for. */
export function pointerInManifest(pointer: string): string {
  return pointer.startsWith(IN_DECK) ? pointer.slice(IN_DECK.length) : '';
}
