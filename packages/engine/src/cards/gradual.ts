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
  readonly #pieces: Iterator<undefined, O>;

  /** Each `next` of the iterator does a piece; what it returns at last are the outputs. */
  constructor(pieces: Iterator<undefined, O>) {
    this.#pieces = pieces;
  }

  /** Does the next piece. Not a method, which an output of its name would be taken for. */
  static next<O>(work: Gradual<O>): IteratorResult<undefined, O> {
    return work.#pieces.next();
  }

  /** Works off all pieces that are left. */
  then<R = O, E = never>(
    onDone?: ((outputs: O) => R | PromiseLike<R>) | null,
    onFailed?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    return new Promise<O>((resolve) => {
      let piece = this.#pieces.next();
      while (piece.done !== true) piece = this.#pieces.next();
      resolve(piece.value);
    }).then(onDone, onFailed);
  }
}
