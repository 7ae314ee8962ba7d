/** Character classes of a JavaScript pattern without the `u` flag, written for RE2. */
import { readEscape } from './escape.js';

/** Members of `\d`, `\w` and `\s` in the syntax of RE2. */
export type Classes = Readonly<Record<'d' | 'w' | 's', string>>;

const EVERYTHING = '\\x{0}-\\x{10ffff}';
/** What is in none of them. */
const COMPLEMENTS: Classes = {
  d: '\\x{0}-/:-\\x{10ffff}',
  w: '\\x{0}-/:-@\\[-\\^`\\{-\\x{10ffff}',
  s: '\\x{0}-\\x{8}\\x{e}-\\x{1f}!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}',
};

type Member = { readonly point: number; readonly length: number } | { readonly set: string; readonly length: number };

/** Reads the class that starts at `index`. JavaScript has accepted the pattern, so that it is closed and in order. */
export function readClass(source: string, index: number, classes: Classes): { re2: string; length: number } {
  const negated = source[index + 1] === '^';
  let at = index + (negated ? 2 : 1);
  let members = '';
  while (at < source.length && source[at] !== ']') {
    const first = readMember(source, at, classes);
    at += first.length;
    const ranged = source[at] === '-' && at + 1 < source.length && source[at + 1] !== ']';
    if (!ranged) {
      members += patternOfMember(first);
      continue;
    }
    const last = readMember(source, at + 1, classes);
    at += 1 + last.length;
    // Between anything but two characters the hyphen is one of the members (Annex B).
    members +=
      'point' in first && 'point' in last
        ? `${patternOfMember(first)}-${patternOfMember(last)}`
        : `${patternOfMember(first)}\\-${patternOfMember(last)}`;
  }
  const length = at + 1 - index;
  // RE2 has no empty classes.
  if (members === '') return { re2: negated ? `[${EVERYTHING}]` : `[^${EVERYTHING}]`, length };
  return { re2: `[${negated ? '^' : ''}${members}]`, length };
}

function readMember(source: string, index: number, classes: Classes): Member {
  if (source[index] !== '\\') {
    const point = source.codePointAt(index) ?? 0;
    return { point, length: point > 0xffff ? 2 : 1 };
  }
  const sequence = readEscape(source, index, { groups: 0, named: false, inClass: true });
  if (sequence.kind === 'class') {
    return { set: (sequence.negated ? COMPLEMENTS : classes)[sequence.name], length: sequence.length };
  }
  return { point: sequence.kind === 'character' ? sequence.point : 0, length: sequence.length };
}

function patternOfMember(member: Member): string {
  return 'set' in member ? member.set : `\\x{${member.point.toString(16)}}`;
}
