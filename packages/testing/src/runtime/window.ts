/** A window over items: in order, at most so many at a time, and on a replay in the same order again. */

/** The items of a loop. */
export interface WindowOf<T> {
  readonly count: number;
  readonly perform: (index: number) => Promise<T>;
  readonly settle: (index: number, outcome: T) => void;
  readonly concurrency: number;
  /** Those that an earlier life saw end, in that order; those that end are added. */
  readonly settled: number[];
  /** Lets those who are ready go on. */
  readonly pause: () => Promise<void>;
}

/**
 * Hands each outcome to `settle`. When one of both fails no further item begins, those under way are waited for, and the
 * first failure by time is thrown.
 */
export async function inWindow<T>({ count, perform, settle, concurrency, settled, pause }: WindowOf<T>): Promise<void> {
  const failures: unknown[] = [];
  const take = async (index: number, note: () => void): Promise<void> => {
    try {
      const outcome = await perform(index);
      note();
      settle(index, outcome);
    } catch (error) {
      failures.push(error);
    }
  };
  for (const index of settled) await take(index, () => {});
  const known = new Set(settled);
  let next = 0;
  const line = async (): Promise<void> => {
    while (next < count && failures.length === 0) {
      const index = next++;
      if (!known.has(index)) await take(index, () => settled.push(index));
    }
  };
  const lines: Promise<void>[] = [];
  for (let begun = 0; begun < concurrency && next < count && failures.length === 0; begun++) {
    lines.push(line());
    // An item that fails at once is the last to have begun.
    await pause();
  }
  await Promise.all(lines);
  if (failures.length > 0) throw failures[0];
}
