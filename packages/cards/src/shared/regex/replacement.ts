/** What `$1`, `$&` and their like in a replacement stand for (ECMAScript, GetSubstitution). */
import { checkTextLength } from '../bounds.js';
import type { Work } from './work.js';

/** One match: what it is replaced by may depend on all of this. */
export interface Match {
  readonly start: number;
  readonly end: number;
  /** Text of group `number`, from 1; undefined when it took no part. */
  group(number: number): string | undefined;
}

/** A number is a group, 0 the whole match. */
type Place = number | 'before' | 'after';
type ReplacementPiece = { readonly text: string } | { readonly place: Place };

const DOLLAR = /\$(?:(\$)|(&)|(`)|(')|(\d{1,2}))/g;
/** Only a pattern that names groups gives `$<` a meaning. Names are short: an unclosed one is not sought to the end. */
const DOLLAR_NAMED = /\$(?:(\$)|(&)|(`)|(')|(\d{1,2})|<([^>]{0,200})>)/g;

/** A replacement, read once. */
export type Replacement = (text: string, match: Match) => string;

/** Steps for one `$1` or its like, to read it or to fill it in. */
const STEPS_OF_A_PIECE = 10;

/** Reads a replacement for a pattern that has `groups` groups, of which some have names. */
export function replacementOf(
  template: string,
  groups: number,
  names: ReadonlyMap<string, number>,
  work: Work,
): Replacement {
  if (!template.includes('$')) return () => template;
  const pieces = piecesOf(template, groups, names, work);
  return (text, match) => {
    work.take(pieces.length * STEPS_OF_A_PIECE);
    let result = '';
    for (const piece of pieces) {
      result += 'text' in piece ? piece.text : textOfPlace(piece.place, text, match);
      checkTextLength(result.length);
    }
    return result;
  };
}

function textOfPlace(place: Place, text: string, match: Match): string {
  if (place === 'before') return text.slice(0, match.start);
  if (place === 'after') return text.slice(match.end);
  return place === 0 ? text.slice(match.start, match.end) : (match.group(place) ?? '');
}

function piecesOf(
  template: string,
  groups: number,
  names: ReadonlyMap<string, number>,
  work: Work,
): readonly ReplacementPiece[] {
  const pieces: ReplacementPiece[] = [];
  let done = 0;
  const literal = (to: number) => {
    if (to > done) pieces.push({ text: template.slice(done, to) });
  };
  for (const found of template.matchAll(names.size > 0 ? DOLLAR_NAMED : DOLLAR)) {
    work.take(STEPS_OF_A_PIECE);
    const [whole, dollar, all, before, after, digits, name] = found;
    let length = whole.length;
    let piece: ReplacementPiece | null = null;
    if (dollar !== undefined) piece = { text: '$' };
    else if (all !== undefined) piece = { place: 0 };
    else if (before !== undefined) piece = { place: 'before' };
    else if (after !== undefined) piece = { place: 'after' };
    else if (digits !== undefined) {
      const used = digitsUsed(digits, groups);
      length = 1 + used.length;
      if (used !== '') piece = { place: Number(used) };
    } else {
      const number = names.get(name ?? '');
      piece = number === undefined ? { text: '' } : { place: number };
    }
    if (piece === null) continue;
    literal(found.index);
    pieces.push(piece);
    done = found.index + length;
  }
  literal(template.length);
  return pieces;
}

/** Two digits when there are so many groups, else one, else none: then the dollar is just a dollar. */
function digitsUsed(digits: string, groups: number): string {
  if (Number(digits) >= 1 && Number(digits) <= groups) return digits;
  const first = digits.slice(0, 1);
  return Number(first) >= 1 && Number(first) <= groups ? first : '';
}
