/** Writes all that a log of events has to keep anew, so that what was written before can be removed. */
import type { EventBook } from './book.js';
import type { EventEntry } from './entry.js';

const IDS_A_LINE = 1_000;

/**
 * What is read and what is appended stand in one turn of the event loop: a later change is a later line. What is just
 * being changed is waited for, since its write may fail.
 */
export async function carry(
  book: EventBook,
  writing: ReadonlyMap<string | number, Promise<void>>,
  append: (entry: EventEntry) => Promise<void>,
): Promise<void> {
  let ids: [string, number, number][] = [];
  for (const [hash, { at, digest }] of [...book.ids.entries()]) {
    // Its own line comes later, or never.
    if (writing.has(hash)) continue;
    ids.push([hash, at, digest]);
    if (ids.length < IDS_A_LINE) continue;
    await append({ k: 'ids', ids, last: book.last });
    ids = [];
  }
  await append({ k: 'ids', ids, last: book.last });
  for (const key of [...book.states.keys()]) {
    await settled(writing, stateName(key));
    const value = book.states.get(key);
    if (value !== undefined) await append({ k: 'taken', events: [], state: { key, value } });
  }
  for (const number of book.numbers()) {
    await settled(writing, number);
    const booked = book.get(number);
    if (booked === undefined) continue;
    await append({ k: 'carried', event: booked.written, begun: booked.begun, parked: booked.parked });
  }
}

async function settled(writing: ReadonlyMap<string | number, Promise<void>>, name: string | number): Promise<void> {
  for (let under = writing.get(name); under !== undefined; under = writing.get(name)) await under.catch(() => {});
}

/** Hashes have 16 characters, and this has more than that. */
export function stateName(key: string): string {
  return `state of a key: ${key}`;
}
