/** Counts the levels of JSON text without reading it. */
import { pastText, QUOTE } from './past-text.js';

const OPENS_LIST = 91;
const OPENS_OBJECT = 123;
const CLOSES_LIST = 93;
const CLOSES_OBJECT = 125;

/**
 * Whether more than `levels` lists and objects are open at some place of the text, which may be no JSON.
 *
 * @example
 * nestsDeeper('[["]"]]', 1); // true
 */
export function nestsDeeper(json: string, levels: number): boolean {
  let open = 0;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = pastText(json, at) - 1;
    else if (code === OPENS_LIST || code === OPENS_OBJECT) {
      if (++open > levels) return true;
    } else if (code === CLOSES_LIST || code === CLOSES_OBJECT) open--;
  }
  return false;
}
