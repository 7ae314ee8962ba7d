/** Writes a JavaScript pattern (no flags but `i`, Annex B included) in the syntax of RE2. */
import { type Classes, readClass } from './class.js';
import { type Escape, readEscape } from './escape.js';
import { notAPattern, unsupported } from './faults.js';

export interface Translation {
  readonly re2: string;
  /** How many groups capture. */
  readonly groups: number;
  /** Numbers of the named groups. */
  readonly names: ReadonlyMap<string, number>;
  /**
   * True when a backtracking engine, too, is bound to take one pass over the text: at most 32 characters of fixed
   * number, of which the last may repeat without end.
   */
  readonly onePass: boolean;
  /** The text that the pattern spells out, when it is nothing but text. */
  readonly literal: string | null;
}

const QUANTIFIER = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/;
const GROUP_NAME = /^\?<([^>=!]+)>/;
const MOST_FIXED = 32;

/** Members of the classes that have a letter. */
const CLASSES: Classes = {
  d: '0-9',
  w: '0-9A-Za-z_',
  // White space and line ends as ECMAScript has them; RE2 knows only the ASCII ones.
  s: '\\t\\n\\v\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}',
};
const DOT = '[^\\n\\r\\x{2028}\\x{2029}]';

/**
 * @param source A pattern that JavaScript has accepted: only then is the result meaningful.
 * @throws RunError `pattern-unsupported` for what no linear engine can do: looking around, and references back.
 */
export function translate(source: string): Translation {
  const { count, names } = captureGroups(source);
  let re2 = '';
  let literal: string | null = '';
  let onePass = true;
  let fixed = 0;
  let open = false;
  let index = 0;

  while (index < source.length) {
    const piece = readPiece(source, index, count, names.size > 0);
    index += piece.length;
    re2 += piece.re2;
    if (piece.point === undefined) literal = null;
    else if (literal !== null) literal += String.fromCodePoint(piece.point);
    if (piece.kind === 'structure') onePass = false;
    if (piece.kind === 'assertion' || piece.kind === 'atom') onePass &&= !open;
    // Only an atom or what closes a group can be repeated; JavaScript has refused all else.
    const quantifier = QUANTIFIER.exec(source.slice(index, index + 40));
    if (quantifier) {
      literal = null;
      re2 += quantifier[0];
      index += quantifier[0].length;
    }
    if (piece.kind !== 'atom') continue;
    const times = repetitions(quantifier);
    fixed += times.least;
    open ||= times.open;
    if (times.variable || fixed > MOST_FIXED) onePass = false;
  }
  return { re2, groups: count, names, onePass, literal };
}

interface PatternPiece {
  readonly re2: string;
  readonly length: number;
  readonly kind: 'atom' | 'assertion' | 'structure';
  /** The one character that it matches, if it is one. */
  readonly point?: number;
}

function readPiece(source: string, index: number, groups: number, named: boolean): PatternPiece {
  const character = source[index];
  switch (character) {
    case '.':
      return { re2: DOT, length: 1, kind: 'atom' };
    case '^':
      return { re2: '\\A', length: 1, kind: 'assertion' };
    case '$':
      return { re2: '\\z', length: 1, kind: 'assertion' };
    case '|':
    case ')':
      return { re2: character, length: 1, kind: 'structure' };
    case '(':
      return openGroup(source, index);
    case '[': {
      const { re2, length } = readClass(source, index, CLASSES);
      return { re2, length, kind: 'atom' };
    }
    case '\\':
      return escapedPiece(readEscape(source, index, { groups, named, inClass: false }));
    default: {
      const point = source.codePointAt(index) ?? 0;
      return { re2: spelled(point), length: point > 0xffff ? 2 : 1, kind: 'atom', point };
    }
  }
}

function openGroup(source: string, index: number): PatternPiece {
  const rest = source.slice(index + 1, index + 200);
  if (rest.startsWith('?:')) return { re2: '(?:', length: 3, kind: 'structure' };
  const name = GROUP_NAME.exec(rest);
  if (name) return { re2: '(', length: name[0].length + 1, kind: 'structure' };
  if (!rest.startsWith('?')) return { re2: '(', length: 1, kind: 'structure' };
  // Newer platforms accept (?i:...). A flow means the same on all of them.
  if (!/^\?<?[=!]/.test(rest)) throw notAPattern();
  throw unsupported('look ahead or behind: (?=…), (?!…), (?<=…) and (?<!…)');
}

function escapedPiece(sequence: Escape): PatternPiece {
  switch (sequence.kind) {
    case 'boundary':
      return { re2: sequence.re2, length: sequence.length, kind: 'assertion' };
    case 'class':
      return {
        re2: `[${sequence.negated ? '^' : ''}${CLASSES[sequence.name]}]`,
        length: sequence.length,
        kind: 'atom',
      };
    default:
      return { re2: spelled(sequence.point), length: sequence.length, kind: 'atom', point: sequence.point };
  }
}

function spelled(point: number): string {
  const character = String.fromCodePoint(point);
  return /^[0-9A-Za-z_ ]$/.test(character) ? character : `\\x{${point.toString(16)}}`;
}

interface Repetitions {
  readonly least: number;
  /** Without an upper end. */
  readonly open: boolean;
  /** One pass cannot be promised. */
  readonly variable: boolean;
}

function repetitions(quantifier: RegExpExecArray | null): Repetitions {
  const [whole, least, comma, most] = quantifier ?? ['', undefined, undefined, undefined];
  if (whole === '') return { least: 1, open: false, variable: false };
  if (whole === '*' || whole === '+') return { least: 1, open: true, variable: false };
  if (least !== undefined && comma === '') return { least: Number(least), open: false, variable: false };
  if (least !== undefined && most === '' && !whole.endsWith('?')) {
    return { least: Number(least), open: true, variable: false };
  }
  return { least: 1, open: false, variable: true };
}

/** Counted first, because `\2` means a group only when there are two. */
function captureGroups(source: string): { count: number; names: Map<string, number> } {
  const names = new Map<string, number>();
  let count = 0;
  let inClass = false;
  for (let index = 0; index < source.length; index++) {
    const character = source[index];
    if (character === '\\') index++;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '(' && !inClass) {
      const name = GROUP_NAME.exec(source.slice(index + 1, index + 200))?.[1];
      if (name !== undefined || source[index + 1] !== '?') count++;
      // Newer JavaScript allows a name once in each alternative, older does not: a flow means the same on all of them.
      if (name !== undefined && names.has(name)) throw notAPattern(`Two groups are called ${name}.`);
      if (name !== undefined) names.set(name, count);
    }
  }
  return { count, names };
}
