/** Names the content of a document, so that a run can be tied to the flows that it started with. */
import { kindOfMember, orderedKeys, rootKind, shapeOf } from './kinds.js';
import { murmur3 } from './murmur3.js';
import { isObject } from './pointer.js';
import { assertJson } from './print.js';
import type { FlowFile } from './types.js';
import { utf8 } from './utf8.js';

/** Properties of flows, cards and fields that no run can notice. */
const UNNOTICED = ['$schema', 'meta', 'title', 'note', 'description'];

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
  const words = murmur3(utf8(compact(document, rootKind(document))), 0);
  return words.map((word) => word.toString(16).padStart(8, '0')).join('');
}

function compact(value: unknown, kind: string): string {
  if (!isObject(value)) return JSON.stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += `${text === '' ? '' : ','}${compact(item, kind)}`;
    return `[${text}]`;
  }
  const known = shapeOf(kind)?.properties;
  for (const key of orderedKeys(value, kind)) {
    if (known !== undefined && UNNOTICED.includes(key) && Object.hasOwn(known, key)) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${compact(value[key], kindOfMember(kind, key))}`;
  }
  return `{${text}}`;
}
