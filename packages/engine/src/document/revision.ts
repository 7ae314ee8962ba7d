/** Names the content of a document, so that a run can be tied to the flows that it started with. */
import { kindOfMember, objectShapeOf, orderedKeys, rootKind } from './kinds.js';
import { isObject } from './members.js';
import { digestOf } from './murmur3.js';
import { assertJson } from './print.js';
import type { FlowFile } from './types.js';

/** Properties of flows, cards and fields that no run can notice. */
const UNNOTICED: ReadonlySet<string> = new Set(['$schema', 'meta', 'title', 'note', 'description']);

/**
 * A hash of all that matters to a run: 32 hexadecimal digits. Layout, the order of properties, `$schema`, `meta`,
 * `title`, `note` and `description` do not matter; the order of cards, blocks and bindings, and literal values with
 * their order, do.
 *
 * MurmurHash3 (x86, 128 bits, seed 0) over the canonical compact JSON text in UTF-8. It tells revisions apart; it
 * protects from nobody who wants two documents to have the same one.
 *
 * @throws DocumentError as `printDocument` does.
 * @example revisionOf(document) // 'a3c2f0e1...'
 */
export function revisionOf(document: FlowFile): string {
  assertJson(document);
  return digestOf(JSON.stringify(noticed(document, rootKind(document))));
}

/** The document without what no run can notice, its properties in canonical order. */
function noticed(value: unknown, kind: string): unknown {
  const shape = objectShapeOf(kind);
  if (shape === undefined || !isObject(value)) return value;
  if (Array.isArray(value)) return value.map((item) => noticed(item, kind));
  const kept: Record<string, unknown> = {};
  for (const key of orderedKeys(value, kind)) {
    if (shape.properties !== undefined && UNNOTICED.has(key)) continue;
    kept[key] = noticed(value[key], kindOfMember(kind, key));
  }
  return kept;
}
