/** Finds what JSON text has too much of, without reading it. */
import { MAX_DEPTH, tooDeep } from './depth.js';
import { MAX_MEMBERS, tooManyMembers } from './members.js';
import { pastText, QUOTE } from './past-text.js';

const COMMA = 44;
const OPENS_LIST = 91;
const OPENS_OBJECT = 123;
const CLOSES_LIST = 93;
const CLOSES_OBJECT = 125;
/** What a list begins to count with: it may have any number of items. */
const ANY_NUMBER = -(2 ** 31);

/** Characters of text from which it is looked through: a shorter one is read in a few milliseconds, whatever it holds. */
const LONG_TEXT = 100_000;

/**
 * The platform makes a list for each level before it stops, which takes seconds for some million brackets, and as long for an
 * object of a million members. A member counts as often as it is written. The text may be no JSON.
 *
 * @throws ConversionError (`conversion`) for text that nests deeper than 1000 levels; LimitError (`limit`) for an object
 * with too many members.
 */
export function checkJsonBounds(json: string): void {
  if (json.length <= LONG_TEXT) return;
  /** Commas of the lists and objects that are open. */
  const commas = new Int32Array(MAX_DEPTH + 1);
  let open = 0;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = pastText(json, at) - 1;
    else if (code === OPENS_LIST || code === OPENS_OBJECT) {
      if (++open > MAX_DEPTH) throw tooDeep();
      commas[open] = code === OPENS_LIST ? ANY_NUMBER : 0;
    } else if (code === CLOSES_LIST || code === CLOSES_OBJECT) {
      // More of them than were opened are no JSON, which the reader will say.
      if (open > 0) open--;
    } else if (code === COMMA && open > 0) {
      const before = commas[open] ?? 0; // within the length
      if (before + 1 >= MAX_MEMBERS) throw tooManyMembers();
      commas[open] = before + 1;
    }
  }
}
