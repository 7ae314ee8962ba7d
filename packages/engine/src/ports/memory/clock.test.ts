/** The system's clock, with its timers caught: no test waits. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { systemClock } from './clock.js';

/** Runs `work` with `setTimeout` and `clearTimeout` replaced; gives the timers that it set. */
function withTimers(work: (timers: Map<number, { ms: number; fire: () => void }>) => void): void {
  const real = { set: globalThis.setTimeout, clear: globalThis.clearTimeout };
  const timers = new Map<number, { ms: number; fire: () => void }>();
  let count = 0;
  const fake = {
    set: (wake: () => void, ms: number) => {
      const id = ++count;
      timers.set(id, {
        ms,
        fire: () => {
          timers.delete(id);
          wake();
        },
      });
      return id;
    },
    clear: (id: number) => void timers.delete(id),
  };
  Object.assign(globalThis, { setTimeout: fake.set, clearTimeout: fake.clear });
  try {
    work(timers);
  } finally {
    Object.assign(globalThis, { setTimeout: real.set, clearTimeout: real.clear });
  }
}

test('now is the time of day, elapsed never goes back', () => {
  const clock = systemClock();
  const before = Date.now();
  const told = clock.now();
  assert.ok(before <= told && told <= Date.now());
  const readings = Array.from({ length: 100 }, () => clock.elapsed());
  assert.equal(
    [...readings].sort((a, b) => a - b),
    readings,
  );
});

test('after wakes once, and not at all when it is cancelled', () => {
  withTimers((timers) => {
    const clock = systemClock();
    let woken = 0;
    clock.after(50, () => woken++);
    assert.equal(
      [...timers.values()].map(({ ms }) => ms),
      [50],
    );
    for (const timer of [...timers.values()]) timer.fire();
    assert.is(woken, 1);
    const cancel = clock.after(50, () => woken++);
    cancel();
    cancel();
    assert.is(timers.size, 0);
    assert.is(woken, 1);
  });
});

test('a wait longer than a timer can hold is made of pieces: never early, cancelled as a whole', () => {
  withTimers((timers) => {
    const clock = systemClock();
    const longest = 2 ** 31 - 1;
    let woken = 0;
    clock.after(2 * longest + 5, () => woken++);
    const waited: number[] = [];
    while (timers.size > 0) {
      const [timer] = [...timers.values()];
      waited.push(timer?.ms ?? 0);
      assert.is(woken, 0);
      timer?.fire();
    }
    assert.equal(waited, [longest, longest, 5]);
    assert.is(woken, 1);
    const cancel = clock.after(3 * longest, () => woken++);
    [...timers.values()][0]?.fire();
    cancel();
    assert.is(timers.size, 0);
    assert.is(woken, 1);
  });
});

test('yield lets other work have its turn', async () => {
  const order: string[] = [];
  setTimeout(() => order.push('other'), 0);
  const clock = systemClock();
  // A timer of no time is due after a millisecond or two.
  for (const start = clock.elapsed(); clock.elapsed() - start < 3; );
  // Timers come after messages in a turn of Node's loop: in the second turn at the latest it has run.
  for (let turn = 0; turn < 2; turn++) await clock.yield();
  order.push('mine');
  assert.equal(order, ['other', 'mine']);
});

test.run();
