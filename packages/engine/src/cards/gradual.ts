/** Work of a pure card that may take long, in pieces. */

/**
 * What a pure card gives in place of outputs that take long to work out: the work, in pieces of a millisecond or two. Between
 * two of them the run looks at its limits, hears a cancel and gives others their turn; a card that gives its outputs at
 * once holds the event loop until it has them. Whoever calls the card's function outside of a run awaits it, and the
 * pieces are worked off in one go.
 *
 * @example
 * run: (list) => {
 *   if (list.length < 1_000) return { output: list.map(costly) };
 *   return new Gradual(
 *     (function* () {
 *       const made: Value[] = [];
 *       for (const item of list) {
 *         made.push(costly(item));
 *         if (made.length % 1_000 === 0) yield;
 *       }
 *       return { output: made };
 *     })(),
 *   );
 * },
 */
export class Gradual<O> implements PromiseLike<O> {
  readonly #pieces: Iterator<Promise<unknown> | undefined, O>;
  #pending: Promise<unknown> | undefined;

  /**
   * @param pieces Each `next` does a piece, and gives undefined or a promise that the work has to wait for, whose rejection
   * is the error of the card; what it returns at last are the outputs.
   * @param pending What the work has to wait for before its first piece.
   */
  constructor(pieces: Iterator<Promise<unknown> | undefined, O>, pending?: Promise<unknown>) {
    this.#pieces = pieces;
    this.#pending = pending;
  }

  /** Does the next piece. Not a method, which an output of its name would be taken for. */
  static next<O>(work: Gradual<O>): IteratorResult<Promise<unknown> | undefined, O> {
    const pending = work.#pending;
    if (pending === undefined) return work.#pieces.next();
    work.#pending = undefined;
    return { done: false, value: pending };
  }

  /** Works off all pieces that are left. */
  then<R = O, E = never>(
    onDone?: ((outputs: O) => R | PromiseLike<R>) | null,
    onFailed?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    return allOf(this).then(onDone, onFailed);
  }
}

async function allOf<O>(work: Gradual<O>): Promise<O> {
  for (;;) {
    const piece = Gradual.next(work);
    if (piece.done) return piece.value;
    if (piece.value !== undefined) await piece.value;
  }
}
