/** A process that is killed at any point keeps every file that it was told is kept, and no half of one. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bundle, type Life, live } from '../../test/lives.js';
import { withDirectory } from '../../test/support.js';
import { diskFiles } from './open.js';

async function check(home: string, life: Life, where: string): Promise<void> {
  const dir = join(home, 'journal');
  const files = await diskFiles({ dir });
  const removed = new Set(life.lines.filter((line) => line.startsWith('removed ')).map((line) => line.split(' ')[1]));
  const there = new Set<string>();
  const names = readdirSync(dir).filter((name) => name !== 'lock');
  for (const name of names) {
    assert.match(name, /^file-[0-9a-f]{24}\.(bin|json)$/, `${where}: nothing half done is left`);
    if (name.endsWith('.json')) there.add(name.slice(0, -'.json'.length));
  }
  assert.is(names.length, 2 * there.size, `${where}: content and record go together`);
  for (const id of there) {
    const info = await files.info(id);
    let size = 0;
    for await (const part of (await files.read(id)) ?? []) {
      size += part.length;
      const digit = 48 + Number(info?.ref.name[0]);
      assert.ok(
        part.every((byte) => byte === digit),
        `${where}: ${id} is what was given`,
      );
    }
    assert.is(size, 3000 * Number(info?.ref.name[0]), `${where}: ${id} is whole`);
  }
  for (const line of life.lines) {
    const [what, id = ''] = line.split(' ');
    // A removal may be done and not yet told.
    if (what === 'kept' && !removed.has(id) && isLasting(line, life)) {
      assert.ok(there.has(id), `${where}: ${id} was acknowledged`);
    }
    if (what === 'removed') assert.not(there.has(id), `${where}: ${id} was removed`);
  }
  await files.close();
}

/** Every second file of a writer is removed again. */
function isLasting(line: string, life: Life): boolean {
  const digit = line.split(' ')[2];
  const before = life.lines.slice(0, life.lines.indexOf(line)).filter((other) => other.startsWith('kept '));
  return before.filter((other) => other.split(' ')[2] === digit).length % 2 === 0;
}

test('killed once, at every second point in turn', async () => {
  await withDirectory(async (home) => {
    const program = bundle('files-program', home);
    const points = await withDirectory(async (dir) => {
      const life = await live(program, dir, 0);
      await check(dir, life, 'undisturbed');
      return life.lines.length - 1;
    });
    assert.is(points, 3 * (4 * 4 + 2));
    const killAt = (point: number) =>
      withDirectory(async (dir) => {
        const life = await live(program, dir, point);
        const where = `killed at point ${point}`;
        assert.ok(life.killed, where);
        await check(dir, life, where);
      });
    // Two at a time: they are processes of their own.
    for (let point = 1; point <= points; point += 4) {
      await Promise.all([killAt(point), killAt(Math.min(point + 2, points))]);
    }
  });
});

test.run();
