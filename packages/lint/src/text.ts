/** Texts that a card puts together, as the pieces that they consist of. */
import type { BindingSite, CardSite } from './sites.js';

/** A constant part of a text, or a value that is put into it. */
export type Piece = { readonly text: string } | { readonly value: BindingSite };

/** Stands for a value in the outline of a text. No literal that is worth looking at holds it. */
export const VALUE = '\u0000';

const PLACEHOLDER = /\{\{\{([^{}]+)\}\}\}|\{\{([^{}]+)\}\}/g;

/** The pieces of the text that the card makes, in order. Null when it makes none, or its template is not a constant. */
export function piecesOf(card: CardSite): readonly Piece[] | null {
  const composes = card.type?.traits?.composes;
  if (composes === undefined) return null;
  return composes === true ? concatenated(card) : composed(card, composes);
}

/** The text with {@link VALUE} in place of each value. */
export function outlineOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => ('text' in piece ? piece.text.replaceAll(VALUE, '') : VALUE)).join('');
}

/** The values among the pieces, in the order of their marks in the outline. */
export function valuesOf(pieces: readonly Piece[]): readonly BindingSite[] {
  return pieces.flatMap((piece) => ('value' in piece ? [piece.value] : []));
}

function concatenated(card: CardSite): readonly Piece[] {
  const declared = new Set(card.type?.inputs.map((field) => field.key));
  const sites = [...card.inputs.values()];
  // Declared inputs come first, wherever they stand in the file.
  const ordered = [
    ...sites.filter(({ name }) => declared.has(name)),
    ...sites.filter(({ name }) => !declared.has(name)),
  ];
  return ordered.map(pieceOf);
}

/** @param input Name of the input that holds the template. */
function composed(card: CardSite, input: string): readonly Piece[] | null {
  const template = card.inputs.get(input);
  const source = template && literalOf(template);
  if (source == null) return null;
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of source.matchAll(PLACEHOLDER)) {
    const name = match[1] ?? match[2] ?? '';
    const site = name === input ? undefined : card.inputs.get(name);
    if (site === undefined) continue;
    pieces.push({ text: source.slice(end, match.index) }, pieceOf(site));
    end = match.index + match[0].length;
  }
  return [...pieces, { text: source.slice(end) }];
}

function pieceOf(site: BindingSite): Piece {
  const text = literalOf(site);
  return text === null ? { value: site } : { text };
}

/** The text of a binding that is a constant scalar. Null for anything else. */
export function literalOf({ binding }: BindingSite): string | null {
  const value = typeof binding === 'object' && binding !== null && 'value' in binding ? binding.value : binding;
  if (value === null) return '';
  return typeof value === 'object' ? null : String(value);
}
