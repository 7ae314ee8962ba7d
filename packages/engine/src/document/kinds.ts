/** What kind of thing stands where in a flow file, as the JSON Schema says. */
import { childOf } from './members.js';
import type { Shape } from './schema-shape.js';
import { shapes } from './validate.generated.js';

export function rootKind(document: unknown): 'deck' | 'flow' {
  return childOf(document, 'flows') === undefined ? 'flow' : 'deck';
}

/** Undefined for what has no properties of its own: texts, lists of texts, `meta`, literal values. */
export function objectShapeOf(kind: string): Shape | undefined {
  return Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
}

/** Kind of a member of an object; `''` when the schema does not know it. The items of a list are of the list's kind. */
export function kindOfMember(kind: string, key: string): string {
  const shape = objectShapeOf(kind);
  if (shape?.properties && Object.hasOwn(shape.properties, key)) return shape.properties[key] ?? '';
  return shape?.each ?? '';
}

/**
 * The keys of an object in canonical order: known properties in the order of the schema, then others in their own.
 * Where the author chooses the keys (bindings, blocks, literal values) their order has a meaning and is kept.
 */
export function orderedKeys(value: Readonly<Record<string, unknown>>, kind: string): string[] {
  const present = Object.keys(value);
  const known = objectShapeOf(kind)?.properties;
  const ordered: string[] = [];
  for (const key in known) if (value[key] !== undefined) ordered.push(key);
  // Seldom is there more: a checked document has known properties only, and none that is undefined.
  if (ordered.length === present.length) return ordered;
  for (const key of present) {
    if (value[key] !== undefined && !(known && Object.hasOwn(known, key))) ordered.push(key);
  }
  return ordered;
}
