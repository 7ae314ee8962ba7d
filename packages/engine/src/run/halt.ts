/** What stops a run besides the errors of its cards. */
import { CancelledError, LimitError, RunError } from '../errors.js';

/** Thrown to the run loop, which knows the cards of the block and so the first one too many. */
export const TOO_MANY_STEPS = Symbol('too many steps');

/** What a card meets that goes on after its run has ended. */
export const ENDED = new CancelledError('The run has ended.');

/** What a card meets whose run has given up this life. Whoever gave the run its runtime gets the reason. */
export class GivenUp extends RunError {
  readonly #reason: unknown;

  constructor(reason: unknown) {
    super('given-up', 'This life of the run was given up.', { cause: reason });
    this.#reason = reason;
  }

  get reason(): unknown {
    return this.#reason;
  }

  /** By its private member: another copy of the engine gives up its own runs. */
  static from(halted: unknown): GivenUp | null {
    return typeof halted === 'object' && halted !== null && #reason in halted ? halted : null;
  }
}

export function stepLimit(most: number): LimitError {
  return new LimitError('steps', `The run exceeds the limit steps (${most} executed cards).`, {
    hint: 'Look for a loop that does not end, or raise the limit steps.',
  });
}
