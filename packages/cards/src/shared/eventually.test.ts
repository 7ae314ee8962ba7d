import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { after, isPromise, repeat } from './eventually.js';

test('after stays synchronous for a value and waits for a promise', async () => {
  assert.is(
    after(1, (n) => n + 1),
    2,
  );
  const later = after(Promise.resolve(1), (n) => n + 1);
  assert.ok(isPromise(later));
  assert.is(await later, 2);
});

test('repeat stays synchronous while no turn waits', () => {
  let turns = 0;
  assert.is(
    repeat(() => ++turns < 100_000),
    undefined,
  );
  assert.is(turns, 100_000);
});

test('repeat takes the remaining turns one after the other once a turn waits', async () => {
  const seen: number[] = [];
  const done = repeat(() => {
    const turn = seen.length;
    seen.push(turn);
    return turn % 3 === 1 ? Promise.resolve(true) : turn < 9;
  });
  assert.ok(isPromise(done));
  assert.is(seen.length, 2, 'it waits for the second turn');
  await done;
  assert.equal(seen, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('an error of a turn ends the repetition', async () => {
  let turns = 0;
  const failing = () => {
    if (++turns === 3) throw new Error('third');
    return turns === 1 ? Promise.resolve(true) : true;
  };
  try {
    await repeat(failing);
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).message, 'third');
  }
  assert.is(turns, 3);
});

test.run();
