/** Text that counts how often its characters are looked at: the work of a search, the same on every machine. */
import type { Work } from './work.js';

/**
 * A String and not an object of our own, since RE2 takes nothing else. It looks at single characters by `charCodeAt` only;
 * what it finds by `indexOf` is for the platform to find, and costs next to nothing.
 */
export class CountedText extends String {
  readonly #work: Work;
  readonly #steps: number;

  /** @param steps What a look takes. */
  constructor(text: string, work: Work, steps: number) {
    super(text);
    this.#work = work;
    this.#steps = steps;
  }

  /** @throws LimitError `limit` when all steps are used up. */
  override charCodeAt(index: number): number {
    this.#work.take(this.#steps);
    return super.charCodeAt(index);
  }
}
