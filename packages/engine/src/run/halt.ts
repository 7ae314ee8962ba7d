/** What stops a run besides the errors of its cards. */
import { CancelledError } from '../errors.js';

/** Thrown to the run loop, which knows the cards of the block and so the first one too many. */
export const TOO_MANY_STEPS = Symbol('too many steps');

/** What a card meets that goes on after its run has ended. */
export const ENDED = new CancelledError('The run has ended.');
