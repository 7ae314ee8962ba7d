/** Text in a picture: how wide it is, where it breaks, how XML takes it. There is no font to measure here. */
import { escaped } from './html.js';

/** Widths of letters by their kind of text, in outline, in pixels. */
const LETTERS = { title: 7, small: 6.1 } as const;
const WIDE_LETTER = 12.5;

/** How text is set: `title` in bold, 12 pixels; `small` 11 pixels. */
export type TextKind = keyof typeof LETTERS;

function widthOf(letter: string, kind: TextKind): number {
  return (letter.codePointAt(0) ?? 0) >= 0x1100 ? WIDE_LETTER : LETTERS[kind];
}

/**
 * Breaks text between words into lines of at most `room` pixels; a word that is longer than a line is broken, before a
 * capital where it has one, and the last of `most` lines ends with an ellipsis where there was more.
 */
export function wrapText(content: string, kind: TextKind, room: number, most: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  /** How much of `line` stands before the last place where it may be broken. */
  let wordAt = 0;
  /** The same inside of a name: for a line that holds nothing else. */
  let capitalAt = 0;
  let before = '';
  for (const letter of content.replace(/[^\S\u00a0]+/g, ' ').trim()) {
    const wide = widthOf(letter, kind);
    if (width + wide > room && line !== '') {
      if (lines.length === most - 1) return [...lines, `${[...line].slice(0, -1).join('').trimEnd()}…`];
      const breaks = letter === ' ' ? line.length : wordAt || capitalAt;
      lines.push((breaks === 0 ? line : line.slice(0, breaks)).trimEnd());
      line = breaks === 0 ? '' : line.slice(breaks);
      width = [...line].reduce((sum, each) => sum + widthOf(each, kind), 0);
      wordAt = 0;
      capitalAt = 0;
      if (letter === ' ') continue;
    }
    if (/\p{Ll}/u.test(before) && /\p{Lu}/u.test(letter)) capitalAt = line.length;
    before = letter;
    line += letter;
    width += wide;
    if (letter === ' ' || letter === '/' || letter === '.') wordAt = line.length;
  }
  return line === '' ? lines : [...lines, line];
}

/** Text for XML 1.0, which knows no control characters and no halves of letters. */
export function xmlText(content: string): string {
  return escaped(legalText(content));
}

/** Text with a sign in place of each character that no picture may hold. */
export function legalText(content: string): string {
  return content.replace(/[\p{Cc}\p{Surrogate}\ufffe\uffff]/gu, '\ufffd').replace(TURNS, '\ufffd');
}

/** Marks that turn the direction of everything after them, so that a title could rewrite its neighbours. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;
