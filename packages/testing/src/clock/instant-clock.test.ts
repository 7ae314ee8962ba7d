/** The instant clock: order and length of waits are real, only the waiting is not. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type InstantClock, instantClock } from './instant-clock.js';

function wait(clock: InstantClock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}

test('time jumps to the next timer, and each is recorded', async () => {
  const clock = instantClock(1000);
  await wait(clock, 250);
  assert.is(clock.now(), 1250);
  await wait(clock, 86_400_000);
  assert.is(clock.elapsed(), 86_400_250);
  assert.equal(clock.waits, [250, 86_400_000]);
});

test('a cancelled timer does not go off, and is not recorded', async () => {
  const clock = instantClock(0);
  let rang = false;
  const cancel = clock.after(5, () => {
    rang = true;
  });
  cancel();
  await wait(clock, 10);
  assert.not(rang);
  assert.equal(clock.waits, [10]);
});

test('time stands still while something is held, and while work yields', async () => {
  const clock = instantClock(0);
  const release = clock.hold();
  const waiting = wait(clock, 10);
  for (let turn = 0; turn < 20; turn++) await clock.yield();
  assert.is(clock.elapsed(), 0);
  release();
  release();
  await waiting;
  assert.is(clock.elapsed(), 10);
});

test('nothing of the clock goes on once its timers are unset, and it goes on with the next', async () => {
  const timersOfProcess = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timersOfProcess();
  const clock = instantClock(0, (ms) => ms === 90_000);
  const cancel = clock.after(90_000, () => {});
  // A guard over work that no clock measures, such as cryptography: the clock looks after it now and then.
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  assert.is(timersOfProcess(), before + 1);
  cancel();
  assert.is(timersOfProcess(), before);
  await wait(clock, 10);
  assert.equal(clock.waits, [10]);
});

test('a guard leaves work that no clock measures the time to finish; other timers do not', async () => {
  const clock = instantClock(0, (ms) => ms === 90_000);
  let early = false;
  const cancel = clock.after(90_000, () => {
    early = true;
  });
  await import('node:assert/strict');
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  assert.not(early);
  assert.is(clock.elapsed(), 0);
  cancel();
  await wait(clock, 90_001);
  assert.equal(clock.waits, [90_001]);
});

test('timers go off by time, then in the order in which they were set', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 12 }), async (delays) => {
      const clock = instantClock(0);
      const rang: number[] = [];
      await Promise.all(
        delays.map(
          (ms, index) =>
            new Promise<void>((resolve) => {
              clock.after(ms, () => {
                rang.push(index);
                resolve();
              });
            }),
        ),
      );
      const expected = delays.map((ms, index) => ({ ms, index })).sort((a, b) => a.ms - b.ms || a.index - b.index);
      assert.equal(
        rang,
        expected.map(({ index }) => index),
      );
      assert.is(clock.elapsed(), Math.max(...delays));
    }),
    { numRuns: 50 },
  );
});

test.run();
