/** What the document does not model: the originals of its parts, keyed by the document's own ids. */
import { isObject, type JsonObject, member, objectAt } from '../json.js';
import type { RawPack } from '../read/index.js';
import type { ImportedFlow } from './flow.js';

/** An original flow, and where in it each card of the document stands. */
export interface SideFlow {
  /** The entry of `data.flos`. */
  readonly original: JsonObject;
  /** JSON Pointers in `original`, by card id. */
  readonly cards: Readonly<Record<string, string>>;
}

/**
 * What an export needs to give back untouched parts as they were: the file that was imported, without what the document
 * says itself.
 */
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

export function originalsOf(pack: RawPack, flows: readonly ImportedFlow[]): SideTable {
  // The flows stand apart, and leave their place.
  const data = { ...objectAt(pack.raw, 'data'), flos: {} };
  return {
    pack: { ...pack.raw, data },
    flows: Object.fromEntries(flows.map(({ flow, draft }): [string, SideFlow] => [flow.id, sideFlowOf(draft)])),
  };
}

function sideFlowOf(draft: ImportedFlow['draft']): SideFlow {
  const { spot, raw } = draft.raw;
  const root = spot.pointer.length;
  const cards = [...draft.ids].map(([card, id]) => [id, card.spot.pointer.slice(root)]);
  return { original: raw, cards: Object.fromEntries(cards) };
}
