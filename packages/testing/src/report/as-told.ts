/** Records as JSON. */
import { toData } from '@flowdeck/engine/kit';

/** Member by member: one that is too large to tell does not take the others with it. */
export function asTold<T extends object>(record: T): T {
  // The same members; dates are text, and what is too large is a note.
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, toData(value)])) as T;
}
