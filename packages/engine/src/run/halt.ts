/** Stops a run from outside: everything that waits is told at once. */
import { CancelledError } from '../errors.js';
import type { Step } from '../plan/index.js';
import type { RunFrame } from './frame.js';

/** Thrown to the run loop, which knows the cards of the block and so the first one too many. */
export const TOO_MANY_STEPS = Symbol('too many steps');

/** What a card meets that goes on after its run has ended. */
export const ENDED = new CancelledError('The run has ended.');

/** A card that waits, or the run itself before its first card. */
interface Waiter {
  readonly step: Step | null;
  readonly frame: RunFrame | null;
  readonly reject: (reason: unknown) => void;
}

/** Those who wait, and how to wake them with an error. One set a run, so that a waiting card costs one entry. */
export class Waiters {
  readonly #waiting = new Set<Waiter>();

  add(step: Step | null, frame: RunFrame | null, reject: (reason: unknown) => void): () => void {
    const waiter = { step, frame, reject };
    this.#waiting.add(waiter);
    return () => this.#waiting.delete(waiter);
  }

  /** Who waits longest: the innermost card, since those around it wait for it. */
  get first(): Waiter | undefined {
    return this.#waiting.values().next().value;
  }

  rejectAll(reason: unknown): void {
    for (const { reject } of [...this.#waiting]) reject(reason);
    this.#waiting.clear();
  }
}
