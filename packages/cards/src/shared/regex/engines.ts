/** The three ways to find a pattern: as plain text, with the platform's own engine, and with RE2. */
import type { MatcherInput, RE2JS } from 're2js';
import { CountedText } from './counted-text.js';
import type { Match } from './replacement.js';

/** Gives the matches in a text one after the other, as a global search in JavaScript does, then null. */
export type Finder = (text: string) => () => Match | null;

/**
 * Steps of RE2 on one text, at 10 to 30 ns each. A look at a character takes a step for each instruction of the program, and
 * some for the look itself. Searching on after each match may look at the rest of a text again and again: it counts.
 */
const MOST_WORK = 200_000_000;
const STEPS_OF_A_LOOK = 10;

export function findText(sought: string): Finder {
  return (text) => {
    let from = 0;
    return () => {
      const start = text.indexOf(sought, from);
      if (start < 0) return null;
      from = start + sought.length;
      return { start, end: from, group: () => undefined };
    };
  };
}

/** For patterns that take one pass whatever the text: `Translation.onePass`. */
export function findNatively(source: string, flags: string): Finder {
  return (text) => {
    const expression = new RegExp(source, `g${flags}`);
    return () => {
      const found = expression.exec(text);
      if (!found) return null;
      const start = found.index;
      const end = start + found[0].length;
      if (end === start) expression.lastIndex++;
      return { start, end, group: () => undefined };
    };
  };
}

/** @param input How RE2 reads text: `MatcherInput`, which comes with the engine. */
export function findLinearly(pattern: RE2JS, input: typeof MatcherInput): Finder {
  const looks = Math.floor(MOST_WORK / (pattern.programSize() + STEPS_OF_A_LOOK));
  return (text) => {
    const matcher = pattern.matcher(input.utf16(new CountedText(text, looks)));
    return () => {
      if (!matcher.find()) return null;
      return { start: matcher.start(), end: matcher.end(), group: (number) => matcher.group(number) ?? undefined };
    };
  };
}
