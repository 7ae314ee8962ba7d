/** A process that is killed at any point loses nothing that it was told is done, and repeats nothing of it. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bundle, effectsIn, knownIn, type Life, live, resultOf } from '../../test/lives.js';
import { withDirectory } from '../../test/support.js';

/** The For Each of the program has three items under way at a time. */
const CONCURRENCY = 3;

test('killed once, at every point in turn', async () => {
  await withDirectory(async (home) => {
    const program = bundle('kill-program', home);
    const undisturbed = await withDirectory(async (dir) => {
      const life = await live(program, dir, 0);
      assert.equal([...effectsIn(dir).values()], new Array(14).fill(1));
      return { points: life.lines.length - 1, result: resultOf(life), steps: knownIn([life]) };
    });
    assert.is(undisturbed.points, 32);

    const killAt = async (point: number): Promise<void> => {
      await withDirectory(async (dir) => {
        const first = await live(program, dir, point);
        const where = `killed at point ${point}, "${first.lines.at(-1)}"`;
        assert.ok(first.killed, where);
        assert.is(first.lines.length, point, where);
        const done = knownIn([first]);
        const second = await live(program, dir, 0);
        assert.equal(resultOf(second), undisturbed.result, where);
        const counts = effectsIn(dir);
        for (const id of done) assert.is(counts.get(id), 1, `${where}: ${id} was known and is not repeated`);
        for (const id of undisturbed.steps) assert.ok(counts.has(id), `${where}: ${id} took place`);
        const repeated = [...counts.values()].filter((count) => count > 1).length;
        assert.ok(repeated <= CONCURRENCY, `${where}: ${repeated} repeated`);
      });
    };
    // Two at a time: they are processes of their own.
    for (let point = 1; point <= undisturbed.points; point += 2) {
      await Promise.all([killAt(point), point < undisturbed.points ? killAt(point + 1) : null]);
    }
  });
});

test('killed again and again, until it is through', async () => {
  await withDirectory(async (dir) => {
    const program = bundle('kill-program', dir);
    const undisturbed = await withDirectory(async (other) => resultOf(await live(program, other, 0)));
    const lives: Life[] = [];
    for (;;) {
      // A replay tells what it knows again, so every life may go three points further than the one before.
      const before = effectsIn(dir);
      const known = knownIn(lives);
      const life = await live(program, dir, 3 * (lives.length + 1));
      const after = effectsIn(dir);
      for (const id of known) assert.is(after.get(id), before.get(id), `${id} was known and is not repeated`);
      lives.push(life);
      if (life.killed) continue;
      assert.equal(resultOf(life), undisturbed, `after ${lives.length - 1} kills`);
      break;
    }
    assert.ok(lives.length >= 7, `${lives.length} kills`);
  });
});

test.run();
