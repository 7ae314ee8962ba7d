/** What a host keeps of the poll of a flow, between its turns and over its own end. */
import { newPoll, type PollState } from '@flowdeck/connect';
import type { DataObject, JsonData } from '@flowdeck/engine';
import { decodeValue, deepEqual, encodeValue } from '@flowdeck/engine/kit';
import { isObject } from '../webhook/delivery.js';

export interface KeptPoll {
  readonly state: PollState;
  /** When the last turn began, in milliseconds since 1970; null: there was none. */
  readonly polledAt: number | null;
  /** When the next turn begins. */
  readonly dueAt: number;
  /** Turns that failed one after the other. */
  readonly failures: number;
  /** Why the last turn failed, for people; null: it did not. */
  readonly reason: string | null;
  /** The connection is dead until its owner logs in. */
  readonly needsLogin: boolean;
}

/** So often the age of a cursor is kept, though nothing else has changed. */
export const CURSOR_AGE_MS = 86_400_000;

export function newKeptPoll(subject: DataObject, now: number): KeptPoll {
  return { state: newPoll(subject), polledAt: null, dueAt: now, failures: 0, reason: null, needsLogin: false };
}

export function pollKey(flow: string): string {
  return `poll ${flow}`;
}

export function pollToKept({ state, ...turn }: KeptPoll): DataObject {
  const { cursor, subject, cursorAt, seen, started } = state;
  return { ...turn, state: { cursorAt, seen, started, cursor: encodeValue(cursor), subject: encodeValue(subject) } };
}

/** What was kept; null where there is nothing. */
export function keptPollOf(kept: JsonData | undefined): KeptPoll | null {
  if (!isObject(kept) || !isObject(kept['state'])) return null;
  const { cursor = null, subject = null, cursorAt, seen, started } = kept['state'];
  const { polledAt, dueAt, failures, reason, needsLogin } = kept;
  return {
    state: {
      cursor: decodeValue(cursor),
      subject: decodeValue(subject),
      cursorAt: numberOr(cursorAt, null),
      seen: Array.isArray(seen) ? seen.map(String) : [],
      started: started === true,
    },
    polledAt: numberOr(polledAt, null),
    dueAt: numberOr(dueAt, 0),
    failures: numberOr(failures, 0),
    reason: typeof reason === 'string' ? reason : null,
    needsLogin: needsLogin === true,
  };
}

function numberOr<T>(value: JsonData | undefined, other: T): number | T {
  return typeof value === 'number' ? value : other;
}

/** Whether a later life would do the same with what was kept before. */
export function isAsKept(before: KeptPoll, { state, reason }: KeptPoll): boolean {
  if (before.reason !== reason) return false;
  const { cursorAt, ...rest } = state;
  const { cursorAt: keptAt, ...kept } = before.state;
  return deepEqual(kept, rest) && Math.abs((cursorAt ?? 0) - (keptAt ?? 0)) < CURSOR_AGE_MS;
}
