/** The three ways to find a pattern: as plain text, with the platform's own engine, and with RE2. */
import type { RE2JS } from 're2js';
import { tooMuchWork } from './faults.js';
import type { Match } from './replacement.js';

/** Gives the matches in a text one after the other, as a global search in JavaScript does, then null. */
export type Finder = (text: string) => () => Match | null;

/** Steps of RE2 in the worst case, at about 20 ns each: characters of the text times instructions of the program. */
const MOST_WORK = 200_000_000;

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

export function findLinearly(pattern: RE2JS): Finder {
  return (text) => {
    if (text.length * pattern.programSize() > MOST_WORK) throw tooMuchWork();
    const matcher = pattern.matcher(text);
    return () => {
      if (!matcher.find()) return null;
      return { start: matcher.start(), end: matcher.end(), group: (number) => matcher.group(number) ?? undefined };
    };
  };
}
