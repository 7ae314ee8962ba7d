/** Keys by moment, the earliest first: a binary heap, so that ten thousand cost little to make and to keep. */

/** The wall clock is looked at as often as this: timers stand still while a machine sleeps, and clocks are set. */
export const LONGEST_NAP_MS = 30_000;

interface KeyMoment {
  readonly key: string;
  readonly moment: number;
}

export class MomentHeap {
  readonly #entries: KeyMoment[] = [];
  /** Moment that counts for a key; other entries of it are left behind, and dropped when they come up. */
  readonly #current = new Map<string, number>();

  get size(): number {
    return this.#current.size;
  }

  /** Sets the moment of a key, whatever it had. */
  set(key: string, moment: number): void {
    this.#current.set(key, moment);
    this.#push({ key, moment });
    if (this.#entries.length > 2 * this.#current.size + 16) this.#rebuild();
  }

  delete(key: string): void {
    this.#current.delete(key);
  }

  /** The earliest moment; null when there is none. */
  get first(): number | null {
    this.#dropStale();
    return this.#entries[0]?.moment ?? null;
  }

  /** Takes out a key whose moment is `now` or earlier; null when there is none. */
  take(now: number): string | null {
    this.#dropStale();
    const first = this.#entries[0];
    if (first === undefined || first.moment > now) return null;
    this.#pop();
    this.#current.delete(first.key);
    return first.key;
  }

  #dropStale(): void {
    for (let first = this.#entries[0]; first !== undefined; first = this.#entries[0]) {
      if (this.#current.get(first.key) === first.moment) return;
      this.#pop();
    }
  }

  #rebuild(): void {
    this.#entries.length = 0;
    for (const [key, moment] of this.#current) this.#push({ key, moment });
  }

  #push(entry: KeyMoment): void {
    const entries = this.#entries;
    let at = entries.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = entries[parent] as KeyMoment; // it is within the length
      if (above.moment <= entry.moment) break;
      entries[at] = above;
      at = parent;
    }
    entries[at] = entry;
  }

  #pop(): void {
    const entries = this.#entries;
    const last = entries.pop();
    if (last === undefined || entries.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= entries.length) break;
      const right = entries[child + 1];
      const left = entries[child] as KeyMoment; // it is within the length
      if (right !== undefined && right.moment < left.moment) child++;
      const below = entries[child] as KeyMoment; // one of the two above
      if (below.moment >= last.moment) break;
      entries[at] = below;
      at = child;
    }
    entries[at] = last;
  }
}
