/** What a document notes about cards that no pack brings. */
import type { Diagnostic } from '../diagnostic.js';
import type { DeckDocument } from '../document/types.js';
import { type Field, fieldName, isPlainObject } from '../values/index.js';
import { type DeclarationCode, DeclarationSpot } from './check/declaration-spot.js';
import { checkFieldList } from './check/field.js';

/** What every instance of a card has, as an import found it. An instance declares the rest itself. */
export interface CardSignature {
  /** What the first of them is called where nobody renamed it. */
  readonly title?: string;
  /** True: a card built into the platform that it came from, not one of a connector. */
  readonly builtIn?: true;
  /** Declared inputs, in order. */
  readonly inputs: readonly Field[];
  /** Declared outputs, in order. */
  readonly outputs: readonly Field[];
}

/**
 * The signature noted in `meta.cards` of a document, or null. Names come from a file of strangers: fields that no card
 * could declare are left out, and of two with one name the second.
 */
export function cardSignature(document: Pick<DeckDocument, 'meta'>, id: string): CardSignature | null {
  const all = document.meta?.['cards'];
  if (!isPlainObject(all) || !Object.hasOwn(all, id)) return null;
  const noted = all[id];
  if (!isPlainObject(noted)) return null;
  const { title } = noted;
  return {
    ...(typeof title === 'string' ? { title } : {}),
    ...(noted['builtIn'] === true ? { builtIn: true } : {}),
    inputs: fieldsIn(noted['inputs']),
    outputs: fieldsIn(noted['outputs']),
  };
}

function fieldsIn(list: unknown): readonly Field[] {
  if (!Array.isArray(list)) return [];
  const fields = new Map<string, Field>();
  for (const field of list) {
    if (!isDeclarable(field)) continue;
    const name = fieldName(field);
    if (!fields.has(name)) fields.set(name, field);
  }
  return [...fields.values()];
}

function isDeclarable(field: unknown): field is Field {
  const found: Diagnostic<DeclarationCode>[] = [];
  checkFieldList([field], DeclarationSpot.top(found), {});
  return found.length === 0;
}
