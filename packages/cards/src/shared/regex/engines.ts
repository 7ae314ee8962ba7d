/** The three ways to find a pattern: as plain text, with the platform's own engine, and with RE2. */
import type { MatcherInput, RE2JS } from 're2js';
import { CountedText } from './counted-text.js';
import type { Match } from './replacement.js';
import type { Work } from './work.js';

/** A pattern as an engine has it. */
export interface Finder {
  /** Gives the matches in a text one after the other, as a global search in JavaScript does, then null. */
  matches(text: string, work: Work): () => Match | null;
  /** What the platform itself can replace, many times faster than match by match; null where it cannot. */
  readonly native: string | RegExp | null;
}

/** Besides those of the program. */
const STEPS_OF_A_LOOK = 10;

export function findText(sought: string): Finder {
  return {
    native: sought,
    matches(text) {
      let from = 0;
      return () => {
        const start = text.indexOf(sought, from);
        if (start < 0) return null;
        from = start + sought.length;
        return { start, end: from, group: () => undefined };
      };
    },
  };
}

/** For patterns that take one pass whatever the text: `Translation.onePass`. */
export function findNatively(source: string, flags: string): Finder {
  return {
    native: new RegExp(source, `g${flags}`),
    matches(text) {
      const expression = new RegExp(source, `g${flags}`);
      return () => {
        const found = expression.exec(text);
        if (!found) return null;
        const start = found.index;
        const end = start + found[0].length;
        if (end === start) expression.lastIndex++;
        return { start, end, group: () => undefined };
      };
    },
  };
}

/** @param input How RE2 reads text: `MatcherInput`, which comes with the engine. */
export function findLinearly(pattern: RE2JS, input: typeof MatcherInput): Finder {
  const steps = pattern.programSize() + STEPS_OF_A_LOOK;
  return {
    native: null,
    matches(text, work) {
      const matcher = pattern.matcher(input.utf16(new CountedText(text, work, steps)));
      return () => {
        if (!matcher.find()) return null;
        return { start: matcher.start(), end: matcher.end(), group: (number) => matcher.group(number) ?? undefined };
      };
    },
  };
}
