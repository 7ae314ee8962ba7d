/** Text that counts how often its characters are looked at: the work of a search, the same on every machine. */
import { tooMuchWork } from './faults.js';

/**
 * A String and not an object of our own, since RE2 takes nothing else. It looks at single characters by `charCodeAt` only;
 * what it finds by `indexOf` is for the platform to find, and costs next to nothing.
 */
export class CountedText extends String {
  #left: number;

  constructor(text: string, most: number) {
    super(text);
    this.#left = most;
  }

  /** @throws LimitError `limit` when all looks are used up. */
  override charCodeAt(index: number): number {
    if (--this.#left < 0) throw tooMuchWork();
    return super.charCodeAt(index);
  }
}
