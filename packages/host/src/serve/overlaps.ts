/** What becomes of a start while the one before of the same key is still under way. */
import type { Schedule } from '@flowdeck/engine';

export type Overlap = NonNullable<Schedule['overlap']>;

export class Overlaps {
  readonly #underWay = new Map<string, Promise<void>>();
  /** Keys that have one waiting. */
  readonly #waiting = new Set<string>();

  /** Runs `start` at once, after the one before, or not at all: false then. Rejects with what it rejects with. */
  async admit(key: string, policy: Overlap, start: () => Promise<void>): Promise<boolean> {
    const before = this.#underWay.get(key);
    if (policy !== 'allow' && before !== undefined) {
      if (policy === 'skip' || this.#waiting.has(key)) return false;
      this.#waiting.add(key);
      await before.catch(() => {});
      this.#waiting.delete(key);
    }
    const running = start();
    this.#underWay.set(key, running);
    try {
      await running;
      return true;
    } finally {
      if (this.#underWay.get(key) === running) this.#underWay.delete(key);
    }
  }
}
