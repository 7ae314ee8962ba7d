/** A document of the engine's own. */
import type { FlowFile } from './types.js';

/**
 * The document to keep: the one that was read from text, or a copyMembers of the object that a host gave, which stays the
 * host's to change.
 */
export function copyOf<D extends FlowFile>(source: unknown, document: D): D {
  return typeof source === 'string' ? document : (copyMembers(document) as D); // JSON of the same form
}

function copyMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyMembers);
  const own: Record<string, unknown> = {};
  // Names that could reach a prototype were refused when the document was checked.
  for (const key of Object.keys(value)) own[key] = copyMembers((value as Readonly<Record<string, unknown>>)[key]);
  return own;
}
