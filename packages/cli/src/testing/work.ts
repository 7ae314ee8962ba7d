/** Which cases are still to be run: shared by all who run them, also in other threads. */

/** Places in the memory that is shared. */
const NEXT = 0;
const END = 1;

/** Hands out cases by their place, in order, each once. */
export class Work {
  readonly #shared: Int32Array;

  /** @param memory As `memory` of another one, which then hands out the same cases. */
  constructor(memory: SharedArrayBuffer) {
    this.#shared = new Int32Array(memory);
  }

  static of(cases: number): { readonly work: Work; readonly memory: SharedArrayBuffer } {
    const memory = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
    new Int32Array(memory)[END] = cases;
    return { work: new Work(memory), memory };
  }

  /** The place of the next case. Null: there is none, or nobody wants it any more. */
  take(): number | null {
    const place = Atomics.add(this.#shared, NEXT, 1);
    return place < this.end ? place : null;
  }

  /** Cases from here on are not wanted any more; those before it are. */
  endAt(place: number): void {
    for (let end = this.end; place < end; end = this.end) Atomics.compareExchange(this.#shared, END, end, place);
  }

  /** The place behind the last case that is wanted. */
  get end(): number {
    return Atomics.load(this.#shared, END);
  }
}
