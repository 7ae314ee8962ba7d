/** Schedules: each moment at most once, missed ones by policy, overlap by policy, and a clock that jumps either way. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { endScheduled, newSchedule, type SchedulePolicy, type ScheduleState, tickSchedule } from './schedule.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Every full hour. */
const next = (after: number) => Math.floor(after / HOUR) * HOUR + HOUR;
const policy = (more: Partial<SchedulePolicy> = {}): SchedulePolicy => ({ next, ...more });

/** A schedule at `from`, looked at later; a run that is started ends at once. */
function at(from: number, later: number, more: Partial<SchedulePolicy> = {}) {
  const step = tickSchedule(newSchedule({ next }, from), policy(more), later);
  return { ...step, hours: step.start.map(({ scheduledFor }) => scheduledFor / HOUR) };
}

test('nothing before its time, one run at it, and the next moment is known', () => {
  assert.equal(at(0, HOUR - 1).hours, []);
  const { hours, state, skipped } = at(0, HOUR + 500);
  assert.equal([hours, skipped, state.nextAt, state.running], [[1], [], 2 * HOUR, 1]);
});

test('missed moments: the latest by default, with the count of the others; all; none', () => {
  const { start, skipped } = at(0, 5 * HOUR + 5 * MINUTE);
  assert.equal(start, [{ scheduledFor: 5 * HOUR, missedCount: 4 }]);
  assert.equal(
    skipped,
    [1, 2, 3, 4].map((hour) => hour * HOUR),
  );
  assert.equal(at(0, 5 * HOUR + 5 * MINUTE, { missed: 'all', overlap: 'allow' }).hours, [1, 2, 3, 4, 5]);
  assert.equal(at(0, 9 * HOUR + 1, { missed: 'all', overlap: 'allow', mostMissed: 2 }).hours, [8, 9]);
  assert.equal(at(0, 5 * HOUR + 5 * MINUTE, { missed: 'skip' }).hours, []);
  assert.equal(at(0, 5 * HOUR + 100, { missed: 'skip' }).hours, [5], 'the latest was not missed');
});

test('what is too old is not started', () => {
  assert.equal(at(0, 5 * HOUR + 50 * MINUTE, { maxAgeMs: 30 * MINUTE }).hours, []);
  assert.equal(at(0, 5 * HOUR + 50 * MINUTE, { maxAgeMs: 2 * HOUR, missed: 'all', overlap: 'allow' }).hours, [4, 5]);
});

test('while a run goes on: passed over, queued, or side by side', () => {
  const busy: ScheduleState = { ...newSchedule({ next }, 0), running: 1 };
  assert.equal(tickSchedule(busy, policy(), HOUR).start, []);
  assert.equal(tickSchedule(busy, policy({ overlap: 'allow' }), HOUR).state.running, 2);
  const queued = tickSchedule(busy, policy({ overlap: 'queue' }), HOUR).state;
  const later = tickSchedule(queued, policy({ overlap: 'queue' }), 2 * HOUR);
  assert.equal([later.start, later.state.queued?.scheduledFor], [[], 2 * HOUR], 'the latest waits');
  const ended = endScheduled(later.state);
  assert.equal([ended.start[0]?.scheduledFor, ended.state.running, ended.state.queued], [2 * HOUR, 1, null]);
  assert.equal(endScheduled(ended.state), { state: { ...ended.state, running: 0 }, start: [], skipped: [] });
});

test('a clock that was set back does not bring moments back; one that jumps by years is no endless walk', () => {
  const { state } = at(0, 3 * HOUR);
  const back = tickSchedule({ ...state, nextAt: HOUR, running: 0 }, policy(), 2 * HOUR);
  assert.equal(back.start, []);
  const far = tickSchedule(newSchedule({ next: (after) => after + 1 }, 0), { next: (after) => after + 1 }, 10 ** 12);
  assert.is(far.state.nextAt, 10 ** 12 + 1);
});

test('a schedule without another moment is over', () => {
  const once = (after: number) => (after < HOUR ? HOUR : null);
  const { state } = tickSchedule(newSchedule({ next: once }, 0), { next: once }, HOUR);
  assert.is(state.nextAt, null);
  assert.equal(tickSchedule(state, { next: once }, 5 * HOUR).start, []);
});

test('however the clock goes: no moment is started twice, and they are started in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -2 * HOUR, max: 5 * HOUR }), { maxLength: 40 }),
      fc.constantFrom('latest', 'all', 'skip' as const),
      (moves, missed) => {
        let now = 0;
        let state = newSchedule({ next }, now);
        const started: number[] = [];
        for (const move of moves) {
          now = Math.max(0, now + move);
          const step = tickSchedule(state, policy({ missed, overlap: 'allow' }), now);
          started.push(...step.start.map(({ scheduledFor }) => scheduledFor));
          state = step.state;
        }
        assert.equal(
          started,
          [...new Set(started)].sort((a, b) => a - b),
        );
      },
    ),
  );
});

test.run();
