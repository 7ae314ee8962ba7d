/** The clock that a test moves: nothing goes off before its time, nothing is left behind, and work runs between timers. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ManualClock } from './manual-clock.js';

test('time stands still until it is moved', async () => {
  const clock = new ManualClock({ start: 5 });
  let rang = 0;
  clock.after(10, () => rang++);
  clock.after(Number.POSITIVE_INFINITY, () => rang++);
  await clock.yield();
  await clock.advance(9);
  assert.equal([clock.now(), rang, clock.pending, clock.yields], [14, 0, 1, 1]);
  await clock.advance(1);
  assert.equal([clock.now(), clock.elapsed(), rang, clock.pending], [15, 15, 1, 0]);
});

test('timers go off by time, then as they were set, each once and at its own time; one that is unset never does', async () => {
  const timer = fc.record({ ms: fc.integer({ min: -5, max: 30 }), unset: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(timer, { maxLength: 12 }), fc.array(fc.nat({ max: 12 })), async (timers, steps) => {
      const clock = new ManualClock({ start: 0 });
      const rang: [number, number][] = [];
      for (const [index, { ms, unset }] of timers.entries()) {
        const stop = clock.after(ms, () => rang.push([index, clock.now()]));
        if (unset) stop();
      }
      for (const step of steps) await clock.advance(step);
      const now = steps.reduce((sum, step) => sum + step, 0);
      const due = timers
        .map(({ ms, unset }, index) => ({ at: Math.max(0, ms), unset, index }))
        // Without a step nothing was moved, so not even what is due at once went off.
        .filter(({ at, unset }) => !unset && at <= now && steps.length > 0)
        .sort((a, b) => a.at - b.at || a.index - b.index);
      assert.equal(
        rang,
        due.map(({ index, at }) => [index, at]),
      );
      assert.is(clock.now(), now);
      assert.is(clock.pending, timers.filter(({ unset }) => !unset).length - due.length);
    }),
  );
});

test('what a timer wakes runs before the next goes off, and its own timers count from there', async () => {
  const clock = new ManualClock({ start: 0 });
  const log: string[] = [];
  const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const walk = async (name: string, ...pauses: number[]) => {
    for (const pause of pauses) {
      await wait(pause);
      log.push(`${name} ${clock.now()}`);
    }
  };
  const walks = Promise.all([walk('a', 10, 10, 100), walk('b', 15, 15)]);
  await clock.advance(30);
  assert.equal(log, ['a 10', 'b 15', 'a 20', 'b 30']);
  await clock.advance(90);
  await walks;
  assert.is(log.at(-1), 'a 120');
});

test('a reading may take time', () => {
  const clock = new ManualClock({ start: 0, perReading: 3 });
  assert.equal([clock.elapsed(), clock.elapsed(), clock.now()], [3, 6, 6]);
});

test.run();
