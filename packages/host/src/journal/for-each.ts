/** Many calls, some at a time: started in order, results in order, nothing new after the first error. */
import type { Clock } from '@flowdeck/engine';
import type { Halt } from './halt.js';

/** Items between two turns of the event loop when no call waits for anything. */
const ITEMS_PER_TURN = 256;

/** A sliding window: a call that ends makes room for the next, however long its neighbours take. */
export async function forEachInWindow<T>(
  count: number,
  call: (index: number) => T | Promise<T>,
  concurrency: number,
  world: { readonly clock: Clock; readonly halt: Halt },
): Promise<readonly T[]> {
  const results: T[] = new Array<T>(count);
  let next = 0;
  let failure: { readonly error: unknown } | null = null;

  async function line(): Promise<void> {
    let quick = 0;
    while (next < count && failure === null) {
      if (world.halt.reason !== null) {
        failure = { error: world.halt.reason };
        return;
      }
      const index = next;
      next += 1;
      try {
        const given = call(index);
        if (given instanceof Promise) {
          quick = 0;
          results[index] = await given;
        } else {
          results[index] = given;
          quick += 1;
        }
      } catch (error) {
        failure ??= { error };
        return;
      }
      if (quick === ITEMS_PER_TURN) {
        quick = 0;
        await world.clock.yield();
      }
    }
  }

  const width = Math.min(count, Math.max(1, Math.floor(concurrency) || 1));
  await Promise.all(Array.from({ length: width }, line));
  // Assigned inside `line`, which control flow analysis cannot see.
  const failed = failure as { readonly error: unknown } | null;
  if (failed !== null) throw failed.error;
  return results;
}
