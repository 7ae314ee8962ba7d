/** A line in which flows wait for each other: none begins before the line is free and the one before it has ended. */

export class Line {
  #free: () => void = () => {};
  #last: Promise<unknown>;

  constructor() {
    this.#last = new Promise<void>((resolve) => {
      this.#free = resolve;
    });
  }

  /** The first in the line may begin. */
  free(): void {
    this.#free();
  }

  /** Has something begin when its turn has come. */
  readonly take = <T>(start: () => Promise<T>): Promise<T> => {
    const turn = this.#last.then(start);
    // Whoever waits in the line does not care how the one before ended.
    this.#last = turn.catch(() => undefined);
    return turn;
  };
}
