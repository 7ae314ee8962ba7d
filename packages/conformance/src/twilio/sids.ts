/** Resource identifiers: two letters and 32 hex digits, the same ones in every run with the same seed. */

import { createHash } from 'node:crypto';

export type SidPrefix = 'SM' | 'MM' | 'ME' | 'SK' | 'PN' | 'RQ';

/** Hands out SIDs and remembers the order in which it did. */
export interface SidSource {
  next(prefix: SidPrefix): string;
  /** Gives a SID from elsewhere its place in the order. */
  adopt(sid: string): void;
  /** Position of a SID in the order of creation, kept after its resource is gone. */
  positionOf(sid: string): number | undefined;
}

/** A source whose SIDs depend on `seed` and on how many were asked for, on nothing else. */
export function createSidSource(seed: string): SidSource {
  const positions = new Map<string, number>();
  let count = 0;
  return {
    next(prefix) {
      count += 1;
      const sid = prefix + createHash('sha256').update(`${seed}:${prefix}:${count}`).digest('hex').slice(0, 32);
      // Request ids are never paged through; remembering them would grow with every request.
      if (prefix !== 'RQ') positions.set(sid, count);
      return sid;
    },
    adopt(sid) {
      count += 1;
      positions.set(sid, count);
    },
    positionOf: (sid) => positions.get(sid),
  };
}

/** True when `text` has the shape of a SID with this prefix. */
export function isSid(prefix: string, text: string): boolean {
  return text.startsWith(prefix) && /^[A-Z]{2}[0-9a-fA-F]{32}$/.test(text);
}
