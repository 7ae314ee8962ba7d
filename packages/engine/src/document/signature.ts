/** What a document notes about cards that no pack brings. */
import { type Field, isPlainObject } from '../values/index.js';
import type { DeckDocument } from './types.js';

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

/** The signature noted in `meta.cards` of a document, or null. */
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

/** The importer wrote it; whoever edits it by hand meets the checks of the plan. */
function fieldsIn(list: unknown): readonly Field[] {
  if (!Array.isArray(list)) return [];
  return list.filter((field): field is Field => isPlainObject(field) && typeof field['key'] === 'string');
}
