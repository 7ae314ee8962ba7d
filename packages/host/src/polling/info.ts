/** What a host tells of the poll of a flow. */
import type { KeptPoll } from './kept-poll.js';

/** The poll of a flow, for people. */
export interface PollInfo {
  /** `failing`: the last turn gave nothing, and pauses grow. `needs-login`: so will the next ones, until its owner has logged in. */
  readonly phase: 'off' | 'waiting' | 'polling' | 'failing' | 'needs-login';
  /** When the last turn began, in milliseconds since 1970; null: there was none. */
  readonly polledAt: number | null;
  /** When the next one begins; null: it is off. */
  readonly dueAt: number | null;
  /** Why the last turn failed, for people; null: it did not. */
  readonly reason: string | null;
}

export function pollInfo(
  { polledAt, dueAt, reason, needsLogin }: KeptPoll,
  isOn: boolean,
  isUnderWay: boolean,
): PollInfo {
  if (!isOn) return { phase: 'off', polledAt, dueAt: null, reason };
  if (isUnderWay) return { phase: 'polling', polledAt, dueAt, reason };
  const phase = needsLogin ? 'needs-login' : reason === null ? 'waiting' : 'failing';
  return { phase, polledAt, dueAt, reason };
}
