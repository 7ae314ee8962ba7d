/** Resource identifiers: two letters and 32 hex digits, the same ones in every run with the same seed. */

import { createHash } from 'node:crypto';

export type SidPrefix =
  | 'AI'
  | 'CA'
  | 'DF'
  | 'DG'
  | 'HX'
  | 'ME'
  | 'MG'
  | 'MM'
  | 'PN'
  | 'RQ'
  | 'SC'
  | 'SK'
  | 'SM'
  | 'VA'
  | 'VE';

/** Hands out SIDs and knows the order in which it did. */
export interface SidSource {
  next(prefix: SidPrefix): string;
  /** Gives a SID from elsewhere its place in the order. */
  adopt(sid: string): void;
  /** Position of a SID in the order of creation, known also after its resource is gone. */
  positionOf(sid: string): number | undefined;
}

/** Hex digits of a SID that prove it; the eight after them hide its position. */
const PROOF = 24;

/**
 * A source whose SIDs depend on `seed` and on how many were asked for, on nothing else. A SID tells its own position,
 * so nothing is remembered of those that were handed out, however many they are.
 */
export function createSidSource(seed: string): SidSource {
  const adopted = new Map<string, number>();
  let count = 0;
  const sidAt = (prefix: string, position: number) => {
    const proof = createHash('sha256').update(`${seed}:${prefix}:${position}`).digest('hex').slice(0, PROOF);
    return prefix + proof + masked(proof, position).toString(16).padStart(8, '0');
  };
  return {
    next(prefix) {
      count += 1;
      return sidAt(prefix, count);
    },
    adopt(sid) {
      count += 1;
      adopted.set(sid, count);
    },
    positionOf(sid) {
      const own = adopted.get(sid);
      if (own !== undefined || !/^[A-Z]{2}[0-9a-f]{32}$/.test(sid)) return own;
      const position = masked(sid.slice(2, 2 + PROOF), Number.parseInt(sid.slice(2 + PROOF), 16));
      return position <= count && sidAt(sid.slice(0, 2), position) === sid ? position : undefined;
    },
  };
}

/** Hides a position behind the proof, and finds it again: the same both ways. */
function masked(proof: string, position: number): number {
  return (position ^ Number.parseInt(proof.slice(0, 8), 16)) >>> 0;
}

/** True when `text` has the shape of a SID with this prefix. */
export function isSid(prefix: string, text: string): boolean {
  return text.startsWith(prefix) && /^[A-Z]{2}[0-9a-fA-F]{32}$/.test(text);
}
