/** The journal as a runtime: beginning, resuming and ending runs, and what happens when the disk is full. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileRef, RunError, type ValueObject } from '@flowdeck/engine';
import { encodeValue } from '@flowdeck/engine/kit';
import { ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { never, recordOf, refusal, rejection, unreached, until, withDirectory } from '../../test/support.js';
import { type Disk, nodeDisk } from '../log/disk.js';
import { formatLine } from '../log/line.js';
import { fileJournal, openJournal } from './open.js';
import type { JournalWarning } from './types.js';

const SUCCESS = { status: 'success', outputs: { sid: 'SM1' }, error: null };

test('a run that began and did not end is unfinished, with its inputs, until it ends', async () => {
  await withDirectory(async (dir) => {
    const inputs = { when: new Date(9), file: new FileRef('1', 'a', null, null), $date: 'x' };
    const first = await fileJournal({ dir });
    await first.open(recordOf('late', { startedAt: 2 }), never());
    await first.open(recordOf('early', { inputs, startedAt: 1, metadata: { tenant: 'acme' } }), never());
    await first.open(recordOf('done'), never());
    await first.close('done', SUCCESS);
    assert.equal(await first.unfinished(), [], 'runs in progress here are not for others to resume');
    await first.shutdown();

    const second = await fileJournal({ dir });
    const left = await second.unfinished();
    assert.equal(left, [
      { ...recordOf('early', { inputs, startedAt: 1, metadata: { tenant: 'acme' } }), interpreter: '1' },
      { ...recordOf('late', { startedAt: 2 }), interpreter: '1' },
    ]);
    await second.open(left[0]!, never());
    assert.equal(await second.unfinished(), [left[1]]);
    await second.close('early', SUCCESS);
    await second.shutdown();

    const third = await fileJournal({ dir });
    assert.equal(
      (await third.unfinished()).map((record) => record.runId),
      ['late'],
    );
    await third.shutdown();
  });
});

test('the outcome of an ended run can be read, also by a later process', async () => {
  await withDirectory(async (dir) => {
    const error = { code: 'card-failed', message: 'Broken.', statusCode: 500, at: { card: 'a' } };
    const endedAt = Date.UTC(2030, 0, 1);
    const first = await fileJournal({ dir, clock: new ManualClock({ start: endedAt }) });
    for (const run of ['good', 'bad', 'odd']) await first.open(recordOf(run), never());
    await first.close('good', { ...SUCCESS, outputs: encodeValue({ at: new Date(3) }) });
    await first.close('bad', { status: 'error', outputs: null, error });
    await first.shutdown();
    const second = await fileJournal({ dir });
    assert.equal(await second.result('good'), {
      status: 'success',
      outputs: { at: new Date(3) },
      error: null,
      endedAt,
    });
    assert.equal(await second.result('bad'), { status: 'error', outputs: null, error, endedAt });
    assert.is(await second.result('odd'), null);
    assert.is(await second.result('unheard of'), null);
    await second.shutdown();
  });
});

test('a run that another version began is refused, and left alone', async () => {
  await withDirectory(async (dir) => {
    const first = await fileJournal({ dir });
    await first.open(recordOf('r'), never());
    await first.shutdown();
    const file = join(dir, 'journal-00000001.log');
    const lines = readFileSync(file, 'utf8').split('\n');
    const begun = lines.findIndex((line) => line.includes('"k":"begin"'));
    const json = (lines[begun] ?? '').replace(/^.*?(?={)/, '').replace('"v":2,', '');
    lines[begun] = formatLine(0, json).toString().trimEnd();
    writeFileSync(file, lines.join('\n'));
    const second = await fileJournal({ dir });
    assert.equal(
      (await second.unfinished()).map(({ runId }) => runId),
      ['r'],
    );
    const error = await rejection(second.open(recordOf('r'), never()));
    assert.is(error.code, 'journal-format');
    assert.ok(error.hint);
    await second.open(recordOf('other'), never());
    await second.shutdown();
  });
});

test('a changed flow does not take over an old run: what was recorded, what was found, what to do', async () => {
  await withDirectory(async (dir) => {
    const first = await fileJournal({ dir });
    await first.open(recordOf('r', { revision: 'r1' }), never());
    await first.shutdown();
    const second = await fileJournal({ dir });
    const error = await rejection(second.open(recordOf('r', { revision: 'r2' }), never()));
    assert.is(error.code, 'journal-revision');
    assert.match(error.message, 'r1');
    assert.match(error.message, 'r2');
    assert.ok(error.hint);
    // An engine that reports the refused run as ended must not end the recorded one.
    await second.close('r', { status: 'error', outputs: null, error: { code: error.code ?? '' } });
    await second.open(recordOf('r', { revision: 'r1' }), never());
    await second.shutdown();
  });
});

test('a run is not resumed with other inputs or options; the order of members does not matter', async () => {
  await withDirectory(async (dir) => {
    const began = { inputs: { a: 1, b: { c: [1, 'x'], d: null } }, options: { o: true } };
    const first = await fileJournal({ dir });
    await first.open(recordOf('r', began), never());
    await first.shutdown();
    const second = await fileJournal({ dir });
    for (const changed of [
      { ...began, inputs: { ...began.inputs, a: 2 } },
      { ...began, options: { o: false } },
    ]) {
      const error = await rejection(second.open(recordOf('r', changed), never()));
      assert.is(error.code, 'journal-inputs');
      assert.ok(error.hint);
    }
    await second.open(recordOf('r', { ...began, inputs: { b: { d: null, c: [1, 'x'] }, a: 1 } }), never());
    await second.shutdown();
  });
});

test('a run is open once, and an ended one stays ended', async () => {
  await withDirectory(async (dir) => {
    const journal = await fileJournal({ dir });
    const [one, two] = await Promise.allSettled([
      journal.open(recordOf('r'), never()),
      journal.open(recordOf('r'), never()),
    ]);
    assert.is(one.status, 'fulfilled');
    assert.is(two.status === 'rejected' && two.reason.code, 'journal-run-open');
    assert.is((await rejection(journal.open(recordOf('r'), never()))).code, 'journal-run-open');
    await journal.close('r', SUCCESS);
    assert.is((await rejection(journal.open(recordOf('r'), never()))).code, 'journal-run-ended');
    assert.is((await rejection(journal.signal('r', 'go', 1))).code, 'journal-run-ended');
    assert.is((await rejection(journal.signal('nobody', 'go', 1))).code, 'journal-run-unknown');
    await journal.shutdown();
  });
});

test('nothing goes on in a run that has ended', async () => {
  await withDirectory(async (dir) => {
    const clock = new ManualClock();
    const journal = await fileJournal({ dir, clock });
    const run = await journal.open(recordOf('r'), never());
    const wait = rejection(run.sleep('r/wait', 1000));
    await until(() => clock.pending === 1);
    await journal.close('r', SUCCESS);
    assert.is((await wait).code, 'journal-run-ended');
    assert.is(clock.pending, 0);
    assert.is((await refusal(() => run.step('r/a', async () => 1))).code, 'journal-run-ended');
    await journal.shutdown();
  });
});

test('inputs that cannot be read again are refused', async () => {
  await withDirectory(async (dir) => {
    const odd = { call: () => 1 } as unknown as ValueObject;
    const journal = await fileJournal({ dir });
    assert.is((await rejection(journal.open(recordOf('r', { inputs: odd }), never()))).code, 'journal-value');
    await journal.shutdown();
  });
});

test('a full disk fails the run, not the process, and the run can be resumed when there is room', async () => {
  await withDirectory(async (dir) => {
    let full = false;
    const disk: Disk = {
      ...nodeDisk,
      async write(fd, bytes, position) {
        if (!full) return nodeDisk.write(fd, bytes, position);
        await nodeDisk.write(fd, bytes.subarray(0, 5), position);
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      },
    };
    const clock = new ManualClock();
    const journal = await openJournal({ dir, clock }, disk);
    const run = await journal.open(recordOf('r'), never());
    assert.is(await run.step('r/a', async () => 'a'), 'a');
    const waiting = rejection(run.sleep('r/wait', 1000));
    await until(() => clock.pending === 1);
    full = true;
    const error = await rejection(run.step('r/b', async () => 'b'));
    assert.instance(error, RunError);
    assert.is(error.code, 'journal-write');
    assert.match(error.message, 'ENOSPC');
    assert.is(await waiting, error, 'what waits in the same run ends with it');
    assert.is(await refusal(() => run.step('r/c', async () => 'c')), error);
    await journal.close('r', { status: 'error', outputs: null, error: null });
    assert.is((await rejection(journal.open(recordOf('other'), never()))).code, 'journal-write');

    full = false;
    assert.equal(
      (await journal.unfinished()).map((record) => record.runId),
      ['r'],
    );
    await journal.signal('r', 'go', 'kept');
    const again = await journal.open(recordOf('r'), never());
    assert.is(again.step('r/a', unreached), 'a');
    assert.is(await again.step('r/b', async () => 'b again'), 'b again');
    assert.is(await again.signal('r/s', 'go'), 'kept');
    await journal.close('r', SUCCESS);
    assert.equal(await journal.result('r'), { ...SUCCESS, endedAt: Date.UTC(2030, 0, 1) });
    await journal.shutdown();
  });
});

test('an end that could not be written leaves the run unfinished', async () => {
  await withDirectory(async (dir) => {
    let full = false;
    const disk: Disk = {
      ...nodeDisk,
      write: (fd, bytes, position) =>
        full ? Promise.reject(new Error('ENOSPC: no space left')) : nodeDisk.write(fd, bytes, position),
    };
    const journal = await openJournal({ dir }, disk);
    await journal.open(recordOf('r'), never());
    full = true;
    assert.is((await rejection(journal.close('r', SUCCESS))).code, 'journal-write');
    full = false;
    assert.equal(await journal.unfinished(), [{ ...recordOf('r'), interpreter: '1' }]);
    await journal.shutdown();
  });
});

test('shutting down gives up what is in progress, acknowledges what is being written and frees the directory', async () => {
  await withDirectory(async (dir) => {
    const journal = await fileJournal({ dir });
    const run = await journal.open(recordOf('r'), never());
    const writing = journal.signal('r', 'go', 1);
    await Promise.all([journal.shutdown(), journal.shutdown(), writing]);
    assert.is((await refusal(() => run.step('r/a', async () => 1))).code, 'journal-closed');
    await journal.close('r', SUCCESS);
    for (const late of [
      () => journal.open(recordOf('other'), never()),
      () => journal.signal('r', 'go', 1),
      () => journal.unfinished(),
      () => journal.result('r'),
    ]) {
      assert.is((await rejection(late())).code, 'journal-closed');
    }
    const next = await fileJournal({ dir });
    assert.equal(await next.unfinished(), [{ ...recordOf('r'), interpreter: '1' }]);
    const resumed = await next.open(recordOf('r'), never());
    assert.is(await resumed.signal('r/s', 'go'), 1);
    await next.shutdown();
  });
});

test('an interrupted write is cut off and told', async () => {
  await withDirectory(async (dir) => {
    const first = await fileJournal({ dir });
    await first.open(recordOf('r'), never());
    await first.shutdown();
    const file = join(dir, 'journal-00000001.log');
    writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from('0123abcd 99 {"k":"st')]));
    const warnings: JournalWarning[] = [];
    const second = await fileJournal({ dir, onWarning: (warning) => warnings.push(warning) });
    assert.equal(
      warnings.map((warning) => warning.code),
      ['journal-torn'],
    );
    assert.equal(await second.unfinished(), [{ ...recordOf('r'), interpreter: '1' }]);
    await second.shutdown();
  });
});

test('only the owner can read the files', async () => {
  await withDirectory(async (parent) => {
    const dir = join(parent, 'deep', 'journal');
    const journal = await fileJournal({ dir });
    await journal.open(recordOf('r'), never());
    assert.is(statSync(dir).mode & 0o077, 0);
    assert.is(statSync(join(dir, 'journal-00000001.log')).mode & 0o077, 0);
    await journal.shutdown();
  });
});

test('faulty options and unusable directories are told as such', async () => {
  await withDirectory(async (dir) => {
    assert.is((await rejection(fileJournal({ dir: '' }))).code, 'journal-option');
    for (const maxSegmentBytes of [0, -1, 1.5, Number.NaN]) {
      assert.is((await rejection(fileJournal({ dir, maxSegmentBytes }))).code, 'journal-option');
    }
    writeFileSync(join(dir, 'file'), '');
    assert.is((await rejection(fileJournal({ dir: join(dir, 'file') }))).code, 'journal-open');
    mkdirSync(join(dir, 'odd', 'journal-00000001.log'), { recursive: true });
    assert.is((await rejection(fileJournal({ dir: join(dir, 'odd') }))).code, 'journal-open');
    const free = await fileJournal({ dir });
    assert.is((await rejection(fileJournal({ dir }))).code, 'journal-locked');
    await free.shutdown();
  });
});

test.run();
