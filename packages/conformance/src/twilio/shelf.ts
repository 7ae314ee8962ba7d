/** Resources of one kind in order of creation: found by SID, listed newest first from any place, without copies. */

import type { SidSource } from './sids.js';

export interface Shelved {
  readonly sid: string;
}

/** What can be listed page by page, from behind any resource that it has or had. */
export interface Listing<T extends Shelved> {
  /** True for what can be a place in the list: also a resource that is gone. */
  knows(sid: string): boolean;
  /** In the order of the list; `before` is the SID of the last one already seen. */
  newestFirst(before?: string): Iterable<T>;
  /** The other way; `after` is the SID of the last one already seen. */
  oldestFirst(after?: string): Iterable<T>;
}

/** A collection of resources. Where a SID stood is known also after its resource is gone. */
export interface Shelf<T extends Shelved> extends Listing<T> {
  readonly size: number;
  /** @throws RangeError when its SID was not handed out by the source, or before that of the last one */
  add(item: T): void;
  get(sid: string): T | undefined;
  /** False: it was not there. */
  delete(sid: string): boolean;
  /** Newest first: all of it, as a plain iteration. */
  [Symbol.iterator](): Iterator<T>;
}

export function createShelf<T extends Shelved>(sids: SidSource): Shelf<T> {
  const entries: { readonly position: number; readonly item: T }[] = [];
  const bySid = new Map<string, T>();

  /** Index of the first entry whose position is at least this one. */
  const lowerBound = (position: number): number => {
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((entries[middle]?.position ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const positionOf = (sid: string): number => {
    const position = sids.positionOf(sid);
    if (position === undefined) throw new RangeError(`${sid} was not handed out here`);
    return position;
  };

  function* newestFirst(before?: string): Generator<T> {
    let index = before === undefined ? entries.length : lowerBound(positionOf(before));
    for (index -= 1; index >= 0; index -= 1) {
      const entry = entries[index];
      if (entry) yield entry.item;
    }
  }
  function* oldestFirst(after?: string): Generator<T> {
    for (let index = after === undefined ? 0 : lowerBound(positionOf(after) + 1); index < entries.length; index += 1) {
      const entry = entries[index];
      if (entry) yield entry.item;
    }
  }

  return {
    get size() {
      return entries.length;
    },
    add(item) {
      const position = positionOf(item.sid);
      if (position <= (entries.at(-1)?.position ?? -1)) throw new RangeError(`${item.sid} comes too late`);
      entries.push({ position, item });
      bySid.set(item.sid, item);
    },
    get: (sid) => bySid.get(sid),
    delete(sid) {
      if (!bySid.delete(sid)) return false;
      entries.splice(lowerBound(positionOf(sid)), 1);
      return true;
    },
    knows: (sid) => sids.positionOf(sid) !== undefined,
    newestFirst,
    oldestFirst,
    [Symbol.iterator]: () => newestFirst(),
  };
}

/** A list that does not change, in its own order. */
export function fixedListing<T extends Shelved>(items: readonly T[]): Listing<T> {
  const indexOf = (sid: string) => items.findIndex((item) => item.sid === sid);
  return {
    knows: (sid) => indexOf(sid) >= 0,
    newestFirst: (before) => (before === undefined ? items : items.slice(indexOf(before) + 1)),
    oldestFirst: (after) => items.slice(0, after === undefined ? items.length : indexOf(after)).reverse(),
  };
}
