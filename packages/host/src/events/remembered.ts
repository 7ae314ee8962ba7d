/** Ids that were accepted, for as long as a sender may repeat them: bounded by age and by number. */
import { createHash } from 'node:crypto';

/** What is known of an id. */
export interface SeenId {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of what was accepted under it. */
  readonly digest: number;
}

/** Seven days. */
export const REMEMBER_MS = 7 * 86_400_000;

const HASH_BYTES = 16;
const DIGEST_OFFSET = HASH_BYTES;

/** Stands for an id of a flow in 16 characters. */
export function hashOf(flow: string, id: string): string {
  return createHash('sha256').update(`${flow}\n${id}`).digest().toString('latin1', 0, HASH_BYTES);
}

/** Tells what was accepted under an id from something else: 32 bits of a hash. */
export function digestOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32LE(DIGEST_OFFSET);
}

export class RememberedIds {
  /** In the order of acceptance: the oldest are at the front. */
  readonly #seen = new Map<string, SeenId>();
  readonly #most: number;
  readonly #lifeMs: number;
  readonly #cut: (ageMs: number) => void;

  /** `cut` is told of the age of an id that is forgotten because there are too many. */
  constructor(most: number, lifeMs: number, cut: (ageMs: number) => void) {
    this.#most = most;
    this.#lifeMs = lifeMs;
    this.#cut = cut;
  }

  get size(): number {
    return this.#seen.size;
  }

  get(hash: string, now: number): SeenId | undefined {
    const seen = this.#seen.get(hash);
    return seen !== undefined && now - seen.at < this.#lifeMs ? seen : undefined;
  }

  add(hash: string, seen: SeenId): void {
    // It goes to the end, also where it was forgotten and comes again.
    this.#seen.delete(hash);
    this.#seen.set(hash, seen);
    for (const [oldest, { at }] of this.#seen) {
      const age = seen.at - at;
      if (age < this.#lifeMs) {
        if (this.#seen.size <= this.#most) break;
        this.#cut(age);
      }
      this.#seen.delete(oldest);
    }
  }

  delete(hash: string): void {
    this.#seen.delete(hash);
  }

  entries(): IterableIterator<[string, SeenId]> {
    return this.#seen.entries();
  }
}
