/** A flow on the engine and the file journal, killed at every point: it resumes, and repeats nothing that was acknowledged. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bundle, effectsIn, knownIn, live, resultOf } from '../../test/lives.js';
import { withDirectory } from '../../test/support.js';

/** Two items of the Map, and the flow started with Call Flow Async. */
const UNDER_WAY = 3;

test('a flow that is killed at any point ends like one that is not', async () => {
  await withDirectory(async (home) => {
    const program = bundle('kill-flow', home);
    const undisturbed = await withDirectory(async (dir) => {
      const life = await live(program, dir, 0);
      assert.equal([...effectsIn(dir).values()], new Array(16).fill(1));
      return { points: life.lines.length - 1, result: resultOf(life), effects: [...effectsIn(dir).keys()].sort() };
    });
    assert.equal(undisturbed.result.why, 'Busy.!');
    assert.equal(undisturbed.result.each, ['a!!', 'b!!', 'c!!', 'd!!']);

    const killAt = async (point: number): Promise<void> => {
      await withDirectory(async (dir) => {
        const first = await live(program, dir, point);
        const where = `killed at point ${point}, "${first.lines.at(-1)}"`;
        assert.ok(first.killed, where);
        const known = knownIn([first]);
        const second = await live(program, dir, 0);
        assert.equal(resultOf(second), undisturbed.result, where);
        const counts = effectsIn(dir);
        assert.equal([...counts.keys()].sort(), undisturbed.effects, `${where}: nothing is lost, nothing is new`);
        for (const id of known) assert.is(counts.get(id), 1, `${where}: ${id} was acknowledged and is not repeated`);
        const repeated = [...counts.values()].filter((count) => count > 1).length;
        assert.ok(repeated <= UNDER_WAY, `${where}: ${repeated} repeated`);
      });
    };
    // Two at a time: they are processes of their own.
    for (let point = 1; point <= undisturbed.points; point += 2) {
      await Promise.all([killAt(point), point < undisturbed.points ? killAt(point + 1) : null]);
    }
  });
});

test.run();
