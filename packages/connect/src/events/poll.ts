/** Polling, as a pure function: which of the items that a flow gave are new, and the cursor to keep with them in one write. */
import type { Value } from '@flowdeck/engine';
import { deepEqual, parsePointer, pointerReader, toJsonText } from '@flowdeck/engine/kit';

/** What is kept of a poll between its turns. */
export interface PollState {
  /** What the flow gave as `cursor` last; null: nothing yet. */
  readonly cursor: Value;
  /** When the cursor was kept; null: never. */
  readonly cursorAt: number | null;
  /** Ids of items that were given already, the latest last. */
  readonly seen: readonly string[];
  /** False: the poll has never come to an end. */
  readonly started: boolean;
  /** What is asked for, such as the poll, its connection and its options: all of this belongs to it. */
  readonly subject: Value;
}

/** The bounds of a cursor and of what is remembered. */
export interface PollPolicy {
  /** `now`: what was there before the first poll is no event. `all`: it is. */
  readonly first: 'now' | 'all';
  /** JSON Pointer to the id of an item; null: every item is new. */
  readonly id: string | null;
  /** How the flow lists items. Default `oldestFirst`. */
  readonly order?: 'oldestFirst' | 'newestFirst';
  /** Most bytes of a cursor. Default 10,240. */
  readonly cursorBytes?: number;
  /** How long a cursor is good, in milliseconds. Default 45 days. */
  readonly cursorLifeMs?: number;
  /** So many ids are remembered. Default 10,000. */
  readonly remembered?: number;
}

/** What a turn of polling begins with. */
export interface PollStart {
  /** For `endPoll`. */
  readonly state: PollState;
  /** To the flow, as its input `cursor`. */
  readonly cursor: Value;
  /** Why the poll begins anew, for people; null: it goes on. */
  readonly notice: string | null;
}

/** What came of it: keep the state and the accepted items in one write, oldest first. */
export type PollEnd =
  | { readonly kind: 'accepted'; readonly state: PollState; readonly items: readonly Value[] }
  /** The cursor is too large: the turn counts as failed, and nothing of it is kept. */
  | { readonly kind: 'refused'; readonly reason: string };

const CURSOR_BYTES = 10 * 1024;
const CURSOR_LIFE_MS = 45 * 86_400_000;
const REMEMBERED_IDS = 10_000;

/** A poll that was never asked. */
export function newPoll(subject: Value = {}): PollState {
  return { cursor: null, cursorAt: null, seen: [], started: false, subject };
}

/** A poll that was off: what came meanwhile is as what was there before the first turn, and what was given is not given again. */
export function anewPoll(kept: PollState): PollState {
  return { ...kept, cursor: null, cursorAt: null, started: false };
}

/** Begins a turn. Another version of the flow goes on where the last one stopped; another subject begins anew. */
export function beginPoll(kept: PollState, subject: Value, policy: PollPolicy, now: number): PollStart {
  if (!deepEqual(kept.subject, subject)) {
    const state = newPoll(subject);
    const notice = kept.started ? 'Something else is asked for than before, so the poll begins anew.' : null;
    return { state, cursor: null, notice };
  }
  const { cursorAt, cursor } = kept;
  if (cursorAt !== null && now - cursorAt > (policy.cursorLifeMs ?? CURSOR_LIFE_MS)) {
    // What was seen stays: a full list then gives only what is new in it.
    return { state: { ...kept, cursor: null, cursorAt: null }, cursor: null, notice: 'The cursor was too old.' };
  }
  return { state: kept, cursor, notice: null };
}

/** Ends a turn with what the flow gave. */
export function endPoll(
  state: PollState,
  given: { readonly cursor: Value; readonly items: readonly Value[] },
  policy: PollPolicy,
  now: number,
): PollEnd {
  const bytes = new TextEncoder().encode(toJsonText(given.cursor)).length;
  const most = policy.cursorBytes ?? CURSOR_BYTES;
  if (bytes > most) return { kind: 'refused', reason: `The cursor has ${bytes} bytes, and at most ${most} are kept.` };
  const { fresh, seen } = sieve(state, given.items, policy);
  const isSilent = !state.started && policy.first === 'now';
  return {
    kind: 'accepted',
    items: isSilent ? [] : fresh,
    state: { ...state, cursor: given.cursor, cursorAt: given.cursor === null ? null : now, seen, started: true },
  };
}

/** Items whose id was not seen before, each once. */
function sieve(
  { seen }: PollState,
  items: readonly Value[],
  { id, order, remembered = REMEMBERED_IDS }: PollPolicy,
): { readonly fresh: readonly Value[]; readonly seen: readonly string[] } {
  const listed = order === 'newestFirst' ? [...items].reverse() : items;
  if (id === null) return { fresh: listed, seen };
  const read = pointerReader(parsePointer(id));
  const known = new Set(seen);
  const fresh: Value[] = [];
  for (const item of listed) {
    const key = toJsonText(read(item) ?? null);
    // An item without an id cannot be told from another: losing it would be worse than giving it twice.
    if (key !== 'null' && known.has(key)) {
      // It goes to the end: what still comes is remembered longest.
      known.delete(key);
      known.add(key);
      continue;
    }
    if (key !== 'null') known.add(key);
    fresh.push(item);
  }
  return { fresh, seen: [...known].slice(-remembered) };
}
