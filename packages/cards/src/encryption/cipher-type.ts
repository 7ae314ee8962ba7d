/** A cipher with its key, whatever library it comes from. */
import type { Pieces } from '../shared/pace.js';

/** A block cipher in a mode, with its key. */
export interface Cipher {
  /** Bytes that it takes at once, a multiple of every block: what it works on for a millisecond or two. */
  readonly atOnce: number;
  encrypting(): Pass;
  /** The pass throws when what it decrypts was not made with that key. */
  decrypting(): Pass;
}

/** Takes the data in order, `atOnce` bytes at a time but for the last, and gives what comes of each. */
export type Pass = (bytes: Uint8Array, isLast: boolean) => Uint8Array;

export interface DerivedKey {
  readonly key: Uint8Array;
  /** Initialisation vector; empty where the mode has none. */
  readonly iv: Uint8Array;
}

/** What comes of all the data. */
export function* passThrough(pass: Pass, data: Uint8Array, atOnce: number): Pieces<Uint8Array> {
  const made: Uint8Array[] = [];
  let length = 0;
  for (let at = 0, isLast = false; !isLast; at += atOnce) {
    if (at > 0) yield;
    isLast = at + atOnce >= data.length;
    const bytes = pass(data.subarray(at, at + atOnce), isLast);
    length += bytes.length;
    made.push(bytes);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const bytes of made) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}
