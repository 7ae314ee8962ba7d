/** Finds many constant texts in one pass, jumping over what cannot match (Wu and Manber, 1994). */
import type { Form } from './encodings.js';

/** Length of the window that slides over the text, and so of the shortest form. */
export const WINDOW = 4;
const BUCKETS = 1 << 14;
/** Characters of long forms that may be compared for each one of a text, and in any case. */
const WORK_PER_CHARACTER = 64;
/** A form that is no longer costs one. */
const SHORT_FORM = 64;
const WORK_AT_LEAST = 1 << 20;

export interface SecretScanner {
  /** Forms shorter than four characters are ignored. */
  add(form: Form): void;
  test(text: string): boolean;
  /**
   * Replaces every occurrence, overlapping ones together. The same text when there is none. A text in which so much looks
   * like a form that it takes more than linear time to tell is replaced as a whole.
   */
  replace(text: string, by: string): string;
}

interface Match {
  readonly start: number;
  readonly end: number;
  readonly kind: Form['kind'];
}

/** What is left to do for one text: forms that repeat themselves, in texts that do, would be compared without end. */
interface Work {
  left: number;
}

/** Forms that begin alike. Looked up by length, so that many of them cost no more than few. */
interface Family {
  /** Longest first, so that the longest is found. `tails` are the last characters: most that is no form fails there. */
  readonly lengths: { readonly length: number; readonly tails: Set<number> }[];
  readonly kinds: Map<string, Form['kind']>;
}

/**
 * `shifts` tells, for the two characters at the end of the window, how far it can move on at least; 0 means that some
 * form may start where the window does.
 */
export function createScanner(): SecretScanner {
  const shifts = new Uint8Array(BUCKETS).fill(WINDOW - 1);
  const families = new Map<string, Family>();

  const next = (text: string, from: number, work: Work): Match | null => {
    const { length } = text;
    let last = from + WINDOW - 1;
    while (last < length) {
      const shift = shifts[bucket(text.charCodeAt(last - 1), text.charCodeAt(last))] ?? 0;
      if (shift > 0) {
        last += shift;
        continue;
      }
      const start = last - WINDOW + 1;
      const family = families.get(text.slice(start, last + 1));
      const match = family === undefined ? null : longest(family, text, start, work);
      if (match !== null) return match;
      if (work.left < 0) return { start: 0, end: length, kind: 'literal' };
      last++;
    }
    return null;
  };

  return {
    add(form) {
      if (form.text.length < WINDOW) return;
      const head = form.text.slice(0, WINDOW);
      const family: Family = families.get(head) ?? { lengths: [], kinds: new Map() };
      families.set(head, family);
      join(family, form);
      for (let i = 1; i < WINDOW; i++) {
        const at = bucket(head.charCodeAt(i - 1), head.charCodeAt(i));
        shifts[at] = Math.min(shifts[at] ?? 0, WINDOW - 1 - i);
      }
    },
    test: (text) => next(text, 0, workFor(text)) !== null,
    replace(text, by) {
      const work = workFor(text);
      let match = next(text, 0, work);
      if (match === null) return text;
      const pieces: string[] = [];
      let done = 0;
      while (match !== null) {
        let start = match.start;
        if (match.kind === 'token') while (start > done && isBase64(text.charCodeAt(start - 1))) start--;
        // A second secret may begin inside the first: all that overlaps goes together.
        let end = 0;
        let overlapping: Match | null = match;
        while (overlapping !== null && work.left >= 0 && overlapping.start <= Math.max(end, match.start)) {
          end = Math.max(end, overlapping.end);
          if (overlapping.kind === 'token') end = endOfToken(text, end);
          // Behind a secret that goes to the end of the text nothing can be added, and its inside is not looked at.
          overlapping = end < text.length ? next(text, overlapping.start + 1, work) : null;
        }
        if (work.left < 0) return by;
        pieces.push(text.slice(done, start), by);
        done = end;
        match = overlapping;
      }
      pieces.push(text.slice(done));
      return pieces.join('');
    },
  };
}

function workFor(text: string): Work {
  return { left: Math.max(text.length * WORK_PER_CHARACTER, WORK_AT_LEAST) };
}

function join(family: Family, { text, kind }: Form): void {
  const tail = text.charCodeAt(text.length - 1);
  const known = family.lengths.find(({ length }) => length === text.length);
  if (known !== undefined) known.tails.add(tail);
  else {
    family.lengths.push({ length: text.length, tails: new Set([tail]) });
    family.lengths.sort((a, b) => b.length - a.length);
  }
  if (family.kinds.get(text) !== 'token') family.kinds.set(text, kind);
}

function longest(family: Family, text: string, start: number, work: Work): Match | null {
  for (const { length, tails } of family.lengths) {
    const end = start + length;
    if (end > text.length || !tails.has(text.charCodeAt(end - 1))) continue;
    work.left -= length > SHORT_FORM ? length : 1;
    if (work.left < 0) return null;
    const kind = family.kinds.get(text.slice(start, end));
    if (kind !== undefined) return { start, end, kind };
  }
  return null;
}

/** Distinct for all pairs of ASCII characters. */
function bucket(first: number, second: number): number {
  return ((first << 7) ^ second) & (BUCKETS - 1);
}

function endOfToken(text: string, from: number): number {
  let end = from;
  while (end < text.length && isBase64(text.charCodeAt(end))) end++;
  while (text.charCodeAt(end) === 0x3d) end++;
  return end;
}

/** A letter, a digit or one of `+ / - _`. */
function isBase64(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 47 && code <= 57) ||
    code === 43 ||
    code === 45 ||
    code === 95
  );
}
