/** What the document does not model: the originals of its parts, keyed by the document's own ids. */
import type { JsonObject } from '../json.js';
import { isObject, member } from '../json.js';

/** An original flow, and where in it each card of the document stands. */
export interface SideFlow {
  /** The entry of `data.flos`. */
  readonly original: JsonObject;
  /** JSON Pointers in `original`, by card id. */
  readonly cards: Readonly<Record<string, string>>;
}

export interface SideTable {
  /** The file without its flows. */
  readonly pack: JsonObject;
  /** By id in the document. */
  readonly flows: Readonly<Record<string, SideFlow>>;
}

/** True for what an import left in `meta.flopack`, or in a file beside the document. */
export function isSideTable(value: unknown): value is SideTable {
  return (
    isObject(value) && isObject(value['pack']) && isObject(member(value['pack'], 'data')) && isObject(value['flows'])
  );
}
