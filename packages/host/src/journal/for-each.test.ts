/** Many calls at a time: the window, the order, the first error. */
import { CancelledError } from '@flowdeck/engine';
import { ManualClock } from '@flowdeck/testing';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rejection } from '../../test/support.js';
import { forEachInWindow } from './for-each.js';
import { Halt } from './halt.js';

function world() {
  const controller = new AbortController();
  return { controller, clock: new ManualClock(), halt: new Halt(controller.signal, 'r') };
}

test('results stand in input order and the window is never exceeded, whatever each call does', async () => {
  const calls = fc.array(fc.record({ turns: fc.nat(4), sync: fc.boolean() }), { maxLength: 40 });
  const property = fc.asyncProperty(calls, fc.integer({ min: 1, max: 8 }), async (items, concurrency) => {
    let running = 0;
    let most = 0;
    const started: number[] = [];
    const results = await forEachInWindow(
      items.length,
      (index) => {
        started.push(index);
        const { turns, sync } = items[index]!;
        if (sync) return index * 2;
        return (async () => {
          running += 1;
          most = Math.max(most, running);
          for (let turn = 0; turn < turns; turn += 1) await null;
          running -= 1;
          return index * 2;
        })();
      },
      concurrency,
      world(),
    );
    assert.equal(
      results,
      items.map((_, index) => index * 2),
    );
    assert.equal(
      started,
      items.map((_, index) => index),
    );
    assert.ok(most <= concurrency);
  });
  await fc.assert(property, { numRuns: 200 });
});

test('the window slides: a slow item does not hold up the others', async () => {
  let finishSlow = () => {};
  let done = 0;
  const results = forEachInWindow(
    10,
    (index) => {
      if (index === 0) return new Promise<number>((resolve) => (finishSlow = () => resolve(index)));
      return Promise.resolve(index).then((value) => {
        done += 1;
        if (done === 9) finishSlow();
        return value;
      });
    },
    2,
    world(),
  );
  assert.equal(await results, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('the first error by time wins, nothing new starts after it, what is under way finishes', async () => {
  const started: number[] = [];
  const finished: number[] = [];
  const gates: (() => void)[] = [];
  const all = forEachInWindow(
    10,
    async (index) => {
      started.push(index);
      await new Promise<void>((resolve) => (gates[index] = resolve));
      finished.push(index);
      if (index === 2) throw new Error('third');
      if (index === 0) throw new Error('first');
    },
    3,
    world(),
  );
  const failed = rejection(all);
  for (const index of [2, 0, 1]) {
    gates[index]!();
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.is((await failed).message, 'third');
  assert.equal(started, [0, 1, 2]);
  assert.equal(finished, [2, 0, 1]);
});

test('a call that throws at once counts like one that rejects', async () => {
  let calls = 0;
  const all = forEachInWindow(
    5,
    () => {
      calls += 1;
      throw new Error('at once');
    },
    2,
    world(),
  );
  assert.is((await rejection(all)).message, 'at once');
  assert.is(calls, 1);
});

test('a cancelled run hands out no more items', async () => {
  const { controller, clock, halt } = world();
  let calls = 0;
  const all = forEachInWindow(
    100,
    async () => {
      calls += 1;
      if (calls === 3) controller.abort();
    },
    1,
    { clock, halt },
  );
  assert.instance(await rejection(all), CancelledError);
  assert.is(calls, 3);
});

test('long loops of quick calls leave room for other work', async () => {
  let turns = 0;
  let over = false;
  const count = () => {
    if (over) return;
    turns += 1;
    setImmediate(count);
  };
  setImmediate(count);
  await forEachInWindow(5000, (index) => index, 1, world());
  over = true;
  assert.ok(turns > 5, `${turns} turns`);
});

test('no items give no results, and a faulty width means one at a time', async () => {
  assert.equal(await forEachInWindow(0, () => assert.unreachable(), 5, world()), []);
  for (const width of [0, -1, Number.NaN, 0.5]) {
    assert.equal(await forEachInWindow(3, async (index) => index, width, world()), [0, 1, 2]);
  }
});

test.run();
