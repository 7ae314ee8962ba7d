/** Time. Runs take it from here only, so that tests and replays decide what time it is. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** A monotonic reading in milliseconds, for durations. */
  elapsed(): number;
  /**
   * The same in real time, for a clock whose `elapsed` stands still or jumps, as that of a simulation: it tells how long
   * the event loop was held. Left out, `elapsed` does.
   */
  real?(): number;
  /**
   * Calls `wake` once, after `ms` milliseconds (any length, also above 2^31). Returns a function that cancels it.
   * One call must cost little: a waiting run holds nothing else.
   */
  after(ms: number, wake: () => void): () => void;
  /** Resolves after other pending work had a turn. Called in long synchronous loops. */
  yield(): Promise<void>;
}
