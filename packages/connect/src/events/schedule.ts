/** Schedules, as a pure function: which moments are due, which were missed, and when to look again. */

/** What is kept of a schedule. */
export interface ScheduleState {
  /** The next moment, in milliseconds since 1970; null: there is none any more. */
  readonly nextAt: number | null;
  /** The latest moment that was started or passed over; never before it again, whatever the clock says. */
  readonly doneAt: number | null;
  /** Runs of it that have not ended. */
  readonly running: number;
  /** A moment that waits for a run to end. */
  readonly queued: ScheduledMoment | null;
}

/** A moment to start a run for. The run's id is made of the flow and the moment, so that none is started twice. */
export interface ScheduledMoment {
  /** What the schedule says, not what the clock shows. */
  readonly scheduledFor: number;
  /** Moments before it that nobody was there for, and that are not started. */
  readonly missedCount: number;
}

/** What becomes of moments that were missed, and of those that come while a run goes on. */
export interface SchedulePolicy {
  /** The moment after one; null: there is none. It must not give the same or an earlier one. */
  next(after: number): number | null;
  /** `latest` (default): one run for all. `all`: each, up to `mostMissed`. `skip`: none. */
  readonly missed?: 'latest' | 'all' | 'skip';
  /** Moments older than so many milliseconds are not started. Default: a day. */
  readonly maxAgeMs?: number;
  /** Most missed moments that are started. Default 100. */
  readonly mostMissed?: number;
  /** `skip` (default): passed over. `queue`: the latest waits for its turn. `allow`: side by side. */
  readonly overlap?: 'skip' | 'queue' | 'allow';
  /** A moment that is less late than so many milliseconds was not missed. Default 60,000. */
  readonly graceMs?: number;
}

/** What a look at the clock comes to. */
export interface ScheduleStep {
  /** To be kept before anything is started. */
  readonly state: ScheduleState;
  /** Runs to start, in order. */
  readonly start: readonly ScheduledMoment[];
  /** Moments that are not started, for the record. */
  readonly skipped: readonly number[];
}

const MAX_AGE_MS = 86_400_000;
const GRACE_MS = 60_000;
const MOST_MISSED = 100;
/** Moments that one step looks at. A clock that jumps by years is not walked through by the second. */
const MOST_MOMENTS = 100_000;

/** A schedule from now on. */
export function newSchedule(policy: Pick<SchedulePolicy, 'next'>, now: number): ScheduleState {
  return { nextAt: policy.next(now), doneAt: null, running: 0, queued: null };
}

/** Looks at the clock: what is due, and the state to keep before it is started. */
export function tickSchedule(state: ScheduleState, policy: SchedulePolicy, now: number): ScheduleStep {
  const due = momentsDue(state, policy, now);
  if (due.moments.length === 0) return { state: { ...state, nextAt: due.next }, start: [], skipped: [] };
  const wanted = wantedOf(due.moments, policy, now);
  const doneAt = due.moments.at(-1) ?? state.doneAt;
  const kept: ScheduleState = { ...state, nextAt: due.next, doneAt };
  const { start, queued } = admitted(wanted, kept, policy);
  const taken = new Set([...start, ...(queued === null ? [] : [queued])].map(({ scheduledFor }) => scheduledFor));
  return {
    state: { ...kept, running: kept.running + start.length, queued: queued ?? kept.queued },
    start,
    skipped: due.moments.filter((moment) => !taken.has(moment)),
  };
}

/** A run of it has ended: what waited may start. */
export function endScheduled(state: ScheduleState): ScheduleStep {
  const running = Math.max(0, state.running - 1);
  if (state.queued === null || running > 0) return { state: { ...state, running }, start: [], skipped: [] };
  return { state: { ...state, running: running + 1, queued: null }, start: [state.queued], skipped: [] };
}

function momentsDue(
  { nextAt, doneAt }: ScheduleState,
  policy: SchedulePolicy,
  now: number,
): { readonly moments: readonly number[]; readonly next: number | null } {
  const moments: number[] = [];
  let next = nextAt;
  while (next !== null && next <= now) {
    // A clock that was set back does not bring moments back.
    if (doneAt === null || next > doneAt) moments.push(next);
    // After too many, the rest is left to the calendar.
    next = policy.next(moments.length < MOST_MOMENTS ? next : now);
  }
  return { moments, next };
}

/** Those of the due moments that should start, by the policy of missed ones. */
function wantedOf(moments: readonly number[], policy: SchedulePolicy, now: number): readonly ScheduledMoment[] {
  const { missed = 'latest', maxAgeMs = MAX_AGE_MS, graceMs = GRACE_MS, mostMissed = MOST_MISSED } = policy;
  const latest = moments.at(-1) ?? now;
  const isMissed = now - latest > graceMs;
  if (now - latest > maxAgeMs || (isMissed && missed === 'skip')) return [];
  if (missed !== 'all') return [{ scheduledFor: latest, missedCount: moments.length - 1 }];
  const young = moments.filter((moment) => now - moment <= maxAgeMs).slice(-mostMissed);
  return young.map((scheduledFor, index) => ({
    scheduledFor,
    missedCount: index === 0 ? moments.length - young.length : 0,
  }));
}

function admitted(
  wanted: readonly ScheduledMoment[],
  { running }: ScheduleState,
  { overlap = 'skip' }: SchedulePolicy,
): { readonly start: readonly ScheduledMoment[]; readonly queued: ScheduledMoment | null } {
  if (overlap === 'allow') return { start: wanted, queued: null };
  const start = running > 0 ? [] : wanted.slice(0, 1);
  const rest = wanted.slice(start.length);
  return { start, queued: overlap === 'queue' ? (rest.at(-1) ?? null) : null };
}
