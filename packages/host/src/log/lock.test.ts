/** One owner per directory, and no owner once its process is gone. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { startChild } from '../../test/child.js';
import { rejection, withDirectory } from '../../test/support.js';
import { journalErrors } from '../journal/errors.js';
import { type Lock, takeLock as take } from './lock.js';
import { isAlive, thisProcess } from './owner.js';

function takeLock(dir: string): Lock {
  return take(dir, journalErrors.locked);
}

test('a second owner is refused, told the process and what to do', async () => {
  await withDirectory(async (dir) => {
    const lock = takeLock(dir);
    const error = await rejection((async () => takeLock(dir))());
    assert.is(error.code, 'journal-locked');
    assert.match(error.message, `process ${process.pid}`);
    assert.ok(error.hint);
    lock.release();
    takeLock(dir).release();
    assert.equal(readdirSync(dir), []);
  });
});

test('a lock left by a process that is gone is taken over', async () => {
  const child = startChild('./contend.ts', ['/nowhere']);
  assert.is(await child.line(), 'ready');
  const owner = { pid: child.pid, start: null };
  assert.is(isAlive(owner), true);
  await child.kill();
  assert.is(isAlive(owner), false);
  await withDirectory((dir) => {
    writeFileSync(join(dir, 'lock'), JSON.stringify(owner));
    const lock = takeLock(dir);
    assert.equal(JSON.parse(readFileSync(join(dir, 'lock'), 'utf8')), { ...thisProcess() });
    lock.release();
  });
});

test('a process number that is in use again does not keep a dead lock alive', async () => {
  await withDirectory((dir) => {
    writeFileSync(join(dir, 'lock'), JSON.stringify({ pid: process.pid, start: 'another boot/12345' }));
    takeLock(dir).release();
  });
});

test('a lock file that a power cut left empty is taken over, and so is a takeover that was interrupted', async () => {
  await withDirectory((dir) => {
    writeFileSync(join(dir, 'lock'), '');
    writeFileSync(join(dir, 'lock-takeover'), JSON.stringify({ pid: process.pid, start: 'another boot/1' }));
    takeLock(dir).release();
    assert.equal(readdirSync(dir), []);
  });
});

test('an owner notices that its lock was removed or replaced, and leaves the new one alone', async () => {
  await withDirectory((dir) => {
    const first = takeLock(dir);
    assert.is(first.held(), true);
    rmSync(join(dir, 'lock'));
    assert.is(first.held(), false);
    const second = takeLock(dir);
    first.release();
    assert.is(second.held(), true);
    second.release();
    assert.is(second.held(), false);
  });
});

test('of several processes that find a dead lock at once, one becomes the owner', async () => {
  await withDirectory(async (dir) => {
    writeFileSync(join(dir, 'lock'), JSON.stringify({ pid: process.pid, start: 'another boot/1' }));
    const children = Array.from({ length: 5 }, () => startChild('./contend.ts', [dir]));
    for (const child of children) assert.is(await child.line(), 'ready');
    for (const child of children) child.send('go');
    const answers = await Promise.all(children.map((child) => child.line()));
    await Promise.all(children.map((child) => child.kill()));
    assert.equal(answers.sort(), ['journal-locked', 'journal-locked', 'journal-locked', 'journal-locked', 'owner']);
  });
});

test.run();
