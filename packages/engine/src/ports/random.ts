/** Randomness. Cards use it only inside an effect, so that a replay sees the same numbers. */
export interface Random {
  /** A number in [0, 1). */
  number(): number;
  /** `count` random bytes. */
  bytes(count: number): Uint8Array;
}
