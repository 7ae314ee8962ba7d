/** Files on disk: whole or not at all, checked when they are read, and nowhere but in their directory. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileRef } from '@flowdeck/engine';
import { ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rejection, withDirectory } from '../../test/support.js';
import { diskFiles } from './open.js';
import type { DiskFiles, DiskFilesOptions } from './types.js';

async function withFiles(
  use: (files: DiskFiles, dir: string, reopen: () => Promise<DiskFiles>) => Promise<void>,
  options: Partial<DiskFilesOptions> = {},
): Promise<void> {
  await withDirectory(async (dir) => {
    const clock = new ManualClock({ start: 7 });
    let files = await diskFiles({ dir, clock, ...options });
    const reopen = async () => {
      await files.close();
      files = await diskFiles({ dir, clock, ...options });
      return files;
    };
    await use(files, dir, reopen);
    await files.close();
  });
}

async function bytesOf(files: DiskFiles, id: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of (await files.read(id)) ?? []) parts.push(part);
  return Buffer.concat(parts);
}

const stored = (dir: string) => readdirSync(dir).filter((name) => name !== 'lock');

test('a file is there after the store was opened again', async () => {
  await withFiles(async (files, dir, reopen) => {
    async function* parts() {
      for (let n = 0; n < 5; n++) yield new Uint8Array(100_000).fill(n);
    }
    const ref = await files.put({ name: '../é "x".txt', mediaType: 'text/plain' }, parts());
    const empty = await files.put({ name: '' }, new Uint8Array());
    const again = await reopen();
    assert.equal(await again.info(ref.id), { ref, created: 7, updated: 7 });
    assert.equal(ref, new FileRef(ref.id, '../é "x".txt', 500_000, 'text/plain'));
    const bytes = await bytesOf(again, ref.id);
    assert.is(bytes.length, 500_000);
    assert.is(bytes[499_999], 4);
    assert.is((await bytesOf(again, empty.id)).length, 0);
    assert.is(stored(dir).length, 4);
    assert.is(await again.remove(ref.id), true);
    assert.is(await again.remove(ref.id), false);
    assert.is(await again.read(ref.id), null);
    assert.is(stored(dir).length, 2);
  });
});

test('an id from a flow leads nowhere but to a file of the store', async () => {
  await withFiles(async (files, dir) => {
    writeFileSync(join(dir, 'secret.json'), '{}');
    for (const id of ['', '../secret', 'secret', 'file-1', 'lock', `file-${'0'.repeat(24)}/../secret`, '__proto__']) {
      assert.is(await files.read(id), null, id);
      assert.is(await files.info(id), null, id);
      assert.is(await files.remove(id), false, id);
    }
  });
});

test('content that is too large or breaks off leaves nothing behind', async () => {
  await withFiles(
    async (files, dir) => {
      let taken = 0;
      function* endless() {
        for (;;) {
          taken += 1;
          yield new Uint8Array(300);
        }
      }
      assert.is((await rejection(files.put({ name: 'a' }, endless()))).code, 'limit');
      assert.is(taken, 4);
      function* broken() {
        yield new Uint8Array(10);
        throw new Error('broken off');
      }
      assert.is((await rejection(files.put({ name: 'a' }, broken()))).message, 'broken off');
      assert.equal(stored(dir), []);
    },
    { maxFileBytes: 1000 },
  );
});

test('what was changed in storage is an error when it is read', async () => {
  await withFiles(async (files, dir) => {
    const make = async () => (await files.put({ name: 'a' }, new Uint8Array(100_000).fill(1))).id;
    const [short, other, gone, record] = [await make(), await make(), await make(), await make()];
    writeFileSync(join(dir, `${short}.bin`), new Uint8Array(99_999).fill(1));
    writeFileSync(join(dir, `${other}.bin`), new Uint8Array(100_000).fill(2));
    rmSync(join(dir, `${gone}.bin`));
    for (const id of [short, other, gone]) {
      assert.is((await rejection(bytesOf(files, id))).code, 'files-corrupt');
    }
    const path = join(dir, `${record}.json`);
    for (const text of ['', readFileSync(path, 'utf8').replace('"size":100000', '"size":100001')]) {
      writeFileSync(path, text);
      assert.is((await rejection(files.info(record))).code, 'files-corrupt');
    }
  });
});

test('what an interruption left half done is cleared away, and foreign names are left alone', async () => {
  await withFiles(async (files, dir, reopen) => {
    const { id } = await files.put({ name: 'a' }, new Uint8Array(3));
    const other = `file-${'a'.repeat(24)}`;
    for (const name of [`${other}.bin`, `${other}.json.part`, `${other}.bin.part`, 'mine.part', 'notes.bin']) {
      writeFileSync(join(dir, name), 'x');
    }
    const again = await reopen();
    assert.equal(stored(dir).sort(), [`${id}.bin`, `${id}.json`, 'mine.part', 'notes.bin']);
    assert.is((await bytesOf(again, id)).length, 3);
  });
});

test('one owner at a time, and none after the end', async () => {
  await withFiles(async (files, dir) => {
    const error = await rejection(diskFiles({ dir }));
    assert.is(error.code, 'files-locked');
    assert.ok(error.hint);
    assert.is((await rejection(diskFiles({ dir: '' }))).code, 'files-option');
    assert.is((await rejection(diskFiles({ dir, maxFileBytes: 0 }))).code, 'files-option');
    let release = () => {};
    const hold = new Promise<void>((resolve) => {
      release = resolve;
    });
    async function* slow() {
      yield new Uint8Array(1);
      await hold;
    }
    const written = files.put({ name: 'slow' }, slow());
    const closed = files.close();
    assert.is((await rejection(files.put({ name: 'b' }, new Uint8Array()))).code, 'files-closed');
    release();
    const { id } = await written;
    await closed;
    const again = await diskFiles({ dir });
    assert.is((await again.info(id))?.ref.size, 1, 'what was under way is finished first');
    await again.close();
  });
});

test.run();
