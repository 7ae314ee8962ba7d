/** A process that is killed at any point keeps every row that it was told is written, and no half of one. */
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bundle, type Life, live } from '../../test/lives.js';
import { withDirectory } from '../../test/support.js';
import { diskTables } from './open.js';

/** Looks at what a life left behind, with what it told. */
async function check(dir: string, life: Life, where: string): Promise<void> {
  const tables = await diskTables({ dir: join(dir, 'journal') });
  try {
    if (!life.lines.includes('defined')) return;
    const rows = new Map((await tables.search('t', {})).map((row) => [row.id, row]));
    const removed = new Set<string>();
    for (const line of life.lines) {
      const [what, id = '', more = ''] = line.split(' ');
      if (what === 'removed') removed.add(id);
      if (what === 'inserted') assert.ok(rows.has(id), `${where}: ${id} was acknowledged`);
      if (what === 'updated') assert.is(rows.get(id)?.cells['count'], Number(more), `${where}: ${line}`);
      // The other row of the pair is there until it was removed; the kill may come before the removal is told.
      if (what === 'inserted' && rows.has(more)) assert.is(rows.get(more)?.cells['text'], 'to be removed', where);
    }
    for (const id of removed) assert.not(rows.has(id), `${where}: ${id} was removed`);
    const pairs = new Map<string, number>();
    for (const { cells } of rows.values()) {
      assert.type(cells['text'], 'string', `${where}: no row is torn`);
      const pair = `${cells['writer']}/${Number(cells['count']) % 100}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + (cells['text'] === 'to be removed' ? 0 : 1));
    }
    for (const [pair, kept] of pairs) assert.is(kept, 1, `${where}: ${pair} was inserted whole`);
  } finally {
    await tables.close();
  }
}

test('killed once, at every second point in turn', async () => {
  await withDirectory(async (home) => {
    const program = bundle('tables-program', home);
    const points = await withDirectory(async (dir) => {
      const life = await live(program, dir, 0);
      await check(dir, life, 'undisturbed');
      return life.lines.length - 1;
    });
    assert.is(points, 1 + 4 * 8 * 3);
    const killAt = (point: number) =>
      withDirectory(async (dir) => {
        const life = await live(program, dir, point);
        const where = `killed at point ${point}`;
        assert.ok(life.killed, where);
        assert.is(life.lines.length, point, where);
        await check(dir, life, where);
      });
    // Two at a time: they are processes of their own.
    for (let point = 1; point <= points; point += 4) {
      await Promise.all([killAt(point), killAt(Math.min(point + 2, points))]);
    }
  });
});

test('killed again and again on the same tables', async () => {
  await withDirectory(async (home) => {
    const program = bundle('tables-program', home);
    await withDirectory(async (dir) => {
      const lines: string[] = [];
      for (let point = 2; point <= 90; point += 11) {
        const life = await live(program, dir, point);
        assert.ok(life.killed);
        lines.push(...life.lines);
      }
      const last = await live(program, dir, 0);
      assert.not(last.killed);
      const tables = await diskTables({ dir: join(dir, 'journal') });
      const rows = new Map((await tables.search('t', {})).map((row) => [row.id, row]));
      const inserted = [...lines, ...last.lines].filter((line) => line.startsWith('inserted '));
      const ids = inserted.map((line) => line.split(' ')[1] ?? '');
      assert.is(new Set(ids).size, ids.length, 'no id is given twice');
      for (const id of ids) assert.ok(rows.has(id), id);
      await tables.close();
    });
  });
});

test.run();
