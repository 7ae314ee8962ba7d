/** Stops a run from outside: everything that waits is told at once. */

/** Those who wait, and how to wake them with an error. One set a run, so that a waiting card costs one entry. */
export class Waiters {
  readonly #waiting = new Set<(reason: unknown) => void>();

  add(reject: (reason: unknown) => void): () => void {
    this.#waiting.add(reject);
    return () => this.#waiting.delete(reject);
  }

  rejectAll(reason: unknown): void {
    for (const reject of [...this.#waiting]) reject(reason);
    this.#waiting.clear();
  }
}
