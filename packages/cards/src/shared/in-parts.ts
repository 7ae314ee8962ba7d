/** Long texts, part by part: for what looks at each character by itself. */
import { checkTextLength } from './bounds.js';
import type { Pieces } from './pace.js';

/** Characters of a part: a millisecond or two, whatever becomes of them. */
const PART = 16_384;

/**
 * What `change` makes of the text, where it makes the same of its parts. No part ends between the halves of a character.
 *
 * @throws LimitError (code `limit`) when more comes of it than memory bears.
 */
export function* inParts(text: string, change: (part: string) => string): Pieces<string> {
  if (text.length <= PART) return change(text);
  let made = '';
  for (let at = 0; at < text.length; ) {
    if (at > 0) yield;
    const end = wholeUntil(text, at + PART);
    made += change(text.slice(at, end));
    checkTextLength(made.length);
    at = end;
  }
  return made;
}

function wholeUntil(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  const isHalf = last >= 0xd800 && last < 0xdc00;
  return isHalf && end < text.length ? end + 1 : end;
}

/** The text as the output of that name. */
export function* textOutput(work: Pieces<string>): Pieces<{ output: string }> {
  return { output: yield* work };
}
