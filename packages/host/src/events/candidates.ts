/** Tells new events from those that were accepted before, and those from others under the same id. */
import { randomUUID } from 'node:crypto';
import type { EventBook } from './book.js';
import type { WrittenEvent } from './entry.js';
import { conflicting } from './errors.js';
import { digestOf, hashOf } from './remembered.js';
import type { NewEvent } from './types.js';

/** An event that is about to be written, or the write of the same that is under way. */
export type Candidate =
  | { readonly kind: 'new'; readonly hash: string; readonly written: WrittenEvent }
  | { readonly kind: 'repeated'; readonly hash: string }
  | { readonly kind: 'conflict' };

/** In their order; among them too, what comes twice is new once. */
export function candidatesOf(events: readonly NewEvent[], book: EventBook, now: number): readonly Candidate[] {
  const among = new Map<string, number>();
  return events.map(({ flow, id: given, key, data, content }) => {
    const id = given ?? randomUUID();
    const hash = hashOf(flow, id);
    const digest = content === null ? 0 : digestOf(content);
    const known = among.get(hash) ?? book.ids.get(hash, now)?.digest;
    if (known !== undefined) return conflicting(known, digest) ? { kind: 'conflict' } : { kind: 'repeated', hash };
    among.set(hash, digest);
    return { kind: 'new', hash, written: { n: book.next(), flow, id, key, data, at: now, digest, replays: 0 } };
  });
}
