/** The annex keeps texts of runs whole, under the same id for the same text, and forgets them with the run. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunAnnex } from '@flowdeck/engine';
import { sealedAnnex } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { runSeal } from '../runs/seal.js';
import { fileAnnex } from './file-annex.js';

async function inFolder(act: (dir: string, annex: RunAnnex) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'flowdeck-annex-'));
  try {
    await act(dir, fileAnnex({ dir }));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const filesIn = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => !/^[0-9a-f]{64}$/.test(name));

async function codeOf(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => null,
    (error: { code: unknown }) => error.code,
  );
}

test('a text is read as it was put; the same text is one, whoever puts it', () =>
  inFolder(async (dir, annex) => {
    const text = 'ä\u0000😀'.repeat(1_000);
    const ids = await Promise.all([annex.put('a', text), fileAnnex({ dir }).put('a', text), annex.put('a', 'other')]);
    assert.is(ids[0], ids[1]);
    assert.is(await annex.read('a', ids[0]), text);
    assert.is(await annex.read('a', ids[2]), 'other');
    assert.is(filesIn(dir).length, 3, 'the run and two texts, nothing half written');
  }));

test('runs are apart, whatever their ids look like, and are forgotten each by itself', () =>
  inFolder(async (_dir, annex) => {
    const runs = ['../x', 'a/b', 'a', '', 'x'.repeat(500), 'ü'];
    const ids = await Promise.all(runs.map((run) => annex.put(run, `of ${run}`)));
    assert.equal([...(await annex.runs())].sort(), [...runs].sort());
    await annex.remove('a');
    await annex.remove('nobody');
    assert.is(await annex.read('a', ids[2] ?? ''), null);
    assert.is(await annex.read('a/b', ids[1] ?? ''), 'of a/b');
    assert.is(await annex.read('a', ids[1] ?? ''), null, 'of another run');
    assert.is((await annex.runs()).length, 5);
  }));

test('an id that was made up reads nothing, and no other file', () =>
  inFolder(async (dir, annex) => {
    await annex.put('a', 'text');
    writeFileSync(join(dir, 'secret'), 'secret');
    for (const id of ['../secret', 'run', '', '0'.repeat(64), 'x'.repeat(64)])
      assert.is(await annex.read('a', id), null);
    assert.equal(await annex.runs(), ['a'], 'what lies about is no run');
  }));

test('a text that was changed on the disk, and a directory that is none, are told', () =>
  inFolder(async (dir, annex) => {
    const id = await annex.put('a', 'text');
    const file = filesIn(dir).find((name) => name.endsWith(id)) ?? '';
    writeFileSync(join(dir, file), 'test');
    assert.is(await codeOf(annex.read('a', id)), 'annex-failed');
    writeFileSync(join(dir, 'plain'), '');
    const none = fileAnnex({ dir: join(dir, 'plain') });
    assert.is(await codeOf(none.put('a', 'text')), 'annex-failed');
    assert.equal(await fileAnnex({ dir: join(dir, 'absent') }).runs(), []);
    mkdirSync(join(dir, 'empty'));
    assert.equal(await fileAnnex({ dir: join(dir, 'empty') }).runs(), []);
  }));

test('sealed, it shows neither texts nor runs; another key sees no run, and is told at a text', () =>
  inFolder(async (dir, annex) => {
    const [mine, other] = [1, 2].map((byte) => sealedAnnex(runSeal(Buffer.alloc(32, byte).toString('base64')), annex));
    if (mine === undefined || other === undefined) throw new Error('There are two.');
    const id = await mine.put('order-17', 'aardvark');
    assert.is(await mine.put('order-17', 'aardvark'), id, 'the same on a replay');
    const written = filesIn(dir).map((name) => name + readFileSync(join(dir, name), 'utf8'));
    assert.not.match(written.join(), /aardvark|order-17/);
    assert.is(await mine.read('order-17', id), 'aardvark');
    assert.equal([await mine.runs(), await other.runs()], [['order-17'], []]);
    const [stored = ''] = await annex.runs();
    const forged: RunAnnex = { ...annex, read: () => annex.read(stored, id) };
    const reread = sealedAnnex(runSeal(Buffer.alloc(32, 2).toString('base64')), forged).read('order-17', id);
    assert.is(await codeOf(reread), 'runtime-key');
    await mine.remove('order-17');
    assert.equal(await annex.runs(), []);
  }));

test.run();
