/** Tables on disk: what the port promises, over reopening, torn ends, full disks, compaction and a second owner. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryTables, type TableStore } from '@flowdeck/engine';
import { ManualClock } from '@flowdeck/testing';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { startChild } from '../../test/child.js';
import { rejection, until, withDirectory } from '../../test/support.js';
import { type Disk, nodeDisk } from '../log/disk.js';
import { diskTables, openTables } from './open.js';

const COLUMNS = [
  { key: 'name', type: 'text' },
  { key: 'count', type: 'number', default: 0 },
  { key: 'at', type: 'date' },
  { key: 'on', type: 'boolean' },
] as const;
const TABLE = { id: 't', name: 'T', columns: COLUMNS };
const FIRST = 'tables-00000001.log';

async function contents(tables: TableStore): Promise<unknown> {
  const rows: unknown[] = [];
  for await (const part of tables.scan('t', {})) rows.push(...part);
  return { schema: await tables.schema('t'), rows };
}

const value = fc.oneof(fc.constant(null), fc.string({ unit: 'binary', maxLength: 8 }), fc.constant('x'.repeat(200)));
const step = fc.oneof(
  fc.record({ do: fc.constant('insert' as const), names: fc.array(value, { maxLength: 4 }) }),
  fc.record({ do: fc.constant('update' as const), row: fc.integer({ min: 1, max: 40 }), name: value }),
  fc.record({ do: fc.constant('remove' as const), row: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ do: fc.constant('clear' as const) }),
  fc.record({ do: fc.constant('define' as const), columns: fc.shuffledSubarray([...COLUMNS], { minLength: 1 }) }),
  fc.record({ do: fc.constant('reopen' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function perform(tables: TableStore, one: Step): Promise<unknown> {
  switch (one.do) {
    case 'insert':
      return tables.insert(
        't',
        one.names.map((name, count) => ({ name, count, at: count, on: count > 1 })),
      );
    case 'update':
      return tables.update('t', `row-${one.row}`, { name: one.name });
    case 'remove':
      return tables.remove('t', `row-${one.row}`);
    case 'clear':
      return tables.clear('t');
    case 'define':
      return tables.define({ ...TABLE, columns: one.columns });
    default:
      return null;
  }
}

test('whatever happens, and however often it is opened again, it equals the tables in memory', async () => {
  const clock = new ManualClock({ start: 7 });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 30 }), async (steps) => {
      await withDirectory(async (dir) => {
        // Segments of a few lines and no slack: compaction takes place all the time.
        const open = () => openTables({ dir, clock, maxSegmentBytes: 300 }, nodeDisk, 3);
        let tables = await open();
        const model = memoryTables(clock);
        await tables.define(TABLE);
        await model.define(TABLE);
        for (const one of steps) {
          if (one.do === 'reopen') {
            await tables.close();
            tables = await open();
          }
          const outcome = (store: TableStore) => perform(store, one).catch((error: { code: string }) => error.code);
          assert.equal(await outcome(tables), await outcome(model));
        }
        await tables.close();
        tables = await open();
        assert.equal(await contents(tables), await contents(model));
        assert.equal(await tables.insert('t', [{}]), await model.insert('t', [{}]), 'the next id is the same');
        await tables.close();
      });
    }),
    { numRuns: 30 },
  );
});

test('a log that was cut off at any byte opens with a whole number of changes', async () => {
  await withDirectory(async (home) => {
    const dir = join(home, 'full');
    const tables = await diskTables({ dir });
    await tables.define(TABLE);
    const counts = [0];
    for (let n = 1; n <= 3; n++) {
      await tables.insert('t', [{ name: `é${n}` }, { name: `second ${n}` }]);
      counts.push(2 * n);
    }
    await tables.close();
    const bytes = readFileSync(join(dir, FIRST));
    const seen = new Set<number>();
    for (let length = 0; length < bytes.length; length++) {
      const cut = join(home, `cut-${length}`);
      mkdirSync(cut);
      copyFileSync(join(dir, FIRST), join(cut, FIRST));
      truncateSync(join(cut, FIRST), length);
      const reopened = await diskTables({ dir: cut });
      const known = await reopened.schema('t');
      const rows = known === null ? [] : await reopened.search('t', {});
      assert.ok(counts.includes(rows.length), `${rows.length} rows after ${length} bytes`);
      for (const row of rows) assert.type(row.cells['name'], 'string');
      seen.add(rows.length);
      if (length % 9 !== 0) {
        await reopened.close();
        continue;
      }
      await reopened.define(TABLE);
      await reopened.insert('t', [{ name: 'after' }]);
      await reopened.close();
      const again = await diskTables({ dir: cut });
      assert.is((await again.search('t', {})).length, rows.length + 1);
      await again.close();
    }
    assert.equal([...seen].sort(), [0, 2, 4]);
  });
});

test('damage before the end is refused, and told with the file', async () => {
  await withDirectory(async (dir) => {
    const tables = await diskTables({ dir });
    await tables.define(TABLE);
    for (let n = 0; n < 3; n++) await tables.insert('t', [{ count: n }]);
    await tables.close();
    const file = join(dir, FIRST);
    const bytes = readFileSync(file);
    const at = bytes.indexOf('rows');
    bytes[at] = bytes[at]! ^ 1;
    writeFileSync(file, bytes);
    const error = await rejection(diskTables({ dir }));
    assert.is(error.code, 'tables-corrupt');
    assert.ok(error.hint);
  });
});

test('a second owner is refused, in this process and in another one', async () => {
  await withDirectory(async (dir) => {
    const tables = await diskTables({ dir });
    const error = await rejection(diskTables({ dir }));
    assert.is(error.code, 'tables-locked');
    assert.match(error.message, `process ${process.pid}`);
    const child = startChild('./contend-tables.ts', [dir]);
    assert.is(await child.line(), 'tables-locked');
    await child.kill();
    await tables.close();
    await tables.close();
    assert.is((await rejection(tables.search('t', {}))).code, 'tables-closed');
    await (await diskTables({ dir })).close();
  });
});

test('writers at the same time all get through, each change whole', async () => {
  await withDirectory(async (dir) => {
    const tables = await diskTables({ dir });
    await tables.define(TABLE);
    const ids = await Promise.all(
      Array.from({ length: 200 }, async (_, count) => {
        const [id = ''] = await tables.insert('t', [{ count }]);
        await Promise.all([tables.update('t', id, { name: 'a' }), tables.update('t', id, { on: true })]);
        return id;
      }),
    );
    assert.is(new Set(ids).size, 200);
    await tables.close();
    const again = await diskTables({ dir });
    const rows = await again.search('t', { where: [[{ column: 'name', operator: '=', value: 'a' }]] });
    assert.is(rows.length, 200);
    assert.ok(rows.every((row) => row.cells['on'] === true));
    await again.close();
  });
});

test('nobody sees a row before it is durable', async () => {
  await withDirectory(async (dir) => {
    let release = () => {};
    const hold = new Promise<void>((resolve) => {
      release = resolve;
    });
    let held = false;
    const disk: Disk = {
      ...nodeDisk,
      async sync(fd) {
        if (held) await hold;
        await nodeDisk.sync(fd);
      },
    };
    const tables = await openTables({ dir }, disk);
    await tables.define(TABLE);
    held = true;
    const order: string[] = [];
    const written = tables.insert('t', [{ name: 'a' }]).then(() => order.push('written'));
    const read = tables.search('t', {}).then((rows) => order.push(`read ${rows.length}`));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(order, []);
    release();
    await Promise.all([written, read]);
    assert.equal(order, ['written', 'read 1']);
    await tables.close();
  });
});

test('a full disk stops the store with a documented error, and what was acknowledged is there afterwards', async () => {
  await withDirectory(async (dir) => {
    let full = false;
    const disk: Disk = {
      ...nodeDisk,
      async write(fd, bytes, position) {
        if (full) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
        await nodeDisk.write(fd, bytes, position);
      },
    };
    const tables = await openTables({ dir }, disk);
    await tables.define(TABLE);
    await tables.insert('t', [{ name: 'kept' }]);
    full = true;
    for (const work of [tables.insert('t', [{ name: 'lost' }]), tables.search('t', {})]) {
      const error = await rejection(work);
      assert.is(error.code, 'tables-disk');
      assert.match(error.message, 'no space left');
    }
    full = false;
    assert.is((await rejection(tables.insert('t', [{}]))).code, 'tables-disk', 'memory is ahead of the disk');
    await tables.close();
    const again = await diskTables({ dir });
    assert.equal(
      (await again.search('t', {})).map((row) => row.cells['name']),
      ['kept'],
    );
    await again.close();
  });
});

test('space of void changes is given back, while writers go on', async () => {
  await withDirectory(async (dir) => {
    const tables = await openTables({ dir, maxSegmentBytes: 20_000 }, nodeDisk, 500);
    await tables.define(TABLE);
    const ids = await tables.insert(
      't',
      Array.from({ length: 100 }, (_, count) => ({ count })),
    );
    for (let round = 0; round < 60; round++) {
      await Promise.all(ids.map((id) => tables.update('t', id, { name: `round ${round}` })));
    }
    const sizes = () => readdirSync(dir).filter((name) => name.endsWith('.log'));
    // Without compaction there would be about 25 segments.
    await until(() => sizes().length <= 6);
    await tables.close();
    const again = await diskTables({ dir });
    const rows = await again.search('t', {});
    assert.is(rows.length, 100);
    assert.ok(rows.every((row) => row.cells['name'] === 'round 59'));
    assert.equal(
      rows.map((row) => row.cells['count']),
      ids.map((_, count) => count),
      'in order of creation',
    );
    await again.close();
  });
});

test('options that cannot be', async () => {
  await withDirectory(async (dir) => {
    for (const options of [{ dir: '' }, { dir, maxSegmentBytes: 0 }]) {
      assert.is((await rejection(diskTables(options))).code, 'tables-option');
    }
    assert.is((await rejection(diskTables({ dir, limits: { rows: -1 } }))).code, 'table-limit');
    const file = join(dir, 'file');
    writeFileSync(file, '');
    assert.is((await rejection(diskTables({ dir: file }))).code, 'tables-open');
  });
});

test.run();
