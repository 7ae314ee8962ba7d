/** The work of a card that matches patterns: counted and not timed, so that it is the same on every machine. */
import { tooMuchWork } from './faults.js';

/**
 * Steps of one card, at 5 to 10 ns each. A look of RE2 at a character takes a step for each instruction of the program,
 * and some for the look itself. Searching on after each match may look at the rest of a text again and again: it counts.
 */
const MOST_STEPS = 100_000_000;

/** Shared by all patterns of a card: nothing else is heard while it works. */
export class Work {
  #left = MOST_STEPS;

  /** @throws LimitError `limit` when all steps are used up. */
  take(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw tooMuchWork();
  }
}
