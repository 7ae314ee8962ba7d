/** The log of events: accepted once, durable before it is told, and nothing forgotten by a restart or a sweep. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newHostKey } from '@flowdeck/connect';
import { ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rejection, segmentsIn, until, withDirectory } from '../../test/support.js';
import { type Disk, nodeDisk } from '../log/disk.js';
import { runSeal } from '../runs/seal.js';
import { runIdOf } from './entry.js';
import { type EventLogOptions, eventsInMemory, openEventLog } from './open.js';
import type { EventLog, EventsWarning, NewEvent } from './types.js';

function event(id: string | null, more: Partial<NewEvent> = {}): NewEvent {
  return { flow: 'f', id, key: null, data: { id }, content: null, ...more };
}

async function inLog(
  work: (log: EventLog, again: (changes?: Partial<EventLogOptions>) => Promise<EventLog>) => Promise<void>,
  changes: Partial<EventLogOptions> = {},
  disk: Disk = nodeDisk,
): Promise<void> {
  await withDirectory(async (dir) => {
    let log = await openEventLog({ dir, ...changes }, disk);
    try {
      await work(log, async (more = {}) => {
        await log.close();
        log = await openEventLog({ dir, ...changes, ...more }, nodeDisk);
        return log;
      });
    } finally {
      await log.close();
    }
  });
}

const kinds = async (log: EventLog, ...events: readonly NewEvent[]) =>
  (await log.accept(events)).map(({ kind }) => kind);
const numbers = (log: EventLog) => log.open().map(({ event: { number } }) => number);

test('an event is accepted once a flow, whatever becomes of it', () =>
  inLog(async (log, again) => {
    assert.equal(await kinds(log, event('a'), event('b'), event('a')), ['accepted', 'accepted', 'repeated']);
    assert.equal(await kinds(log, event('a', { flow: 'g' })), ['accepted']);
    assert.equal(await kinds(log, event(null), event(null)), ['accepted', 'accepted']);
    const [first, second] = numbers(log);
    await log.end(first ?? 0);
    await log.park(second ?? 0, 'It failed.');
    assert.equal(await kinds(log, event('a'), event('b')), ['repeated', 'repeated']);
    const restarted = await again();
    assert.equal(await kinds(restarted, event('a'), event('b'), event('c')), ['repeated', 'repeated', 'accepted']);
  }));

test('the same id with another content is a conflict, without content it is the same', () =>
  inLog(async (log, again) => {
    assert.equal(await kinds(log, event('a', { content: 'one' })), ['accepted']);
    assert.equal(await kinds(log, event('a', { content: 'one' }), event('a', { content: 'two' })), [
      'repeated',
      'conflict',
    ]);
    assert.equal(await kinds(await again(), event('a', { content: 'two' }), event('a')), ['conflict', 'repeated']);
  }));

test('what was accepted, begun, parked and replayed is so after a restart, and its run has the same id', () =>
  inLog(async (log, again) => {
    await log.accept(['a', 'b', 'c', 'd'].map((id) => event(id, { key: 'k' })));
    const [a = 0, b = 0, c = 0] = numbers(log);
    await log.begin(b);
    await log.park(c, 'It failed.');
    await log.end(a);
    const next = await again();
    assert.equal(
      next.open().map(({ event: { id, key, data, runId }, begun }) => ({ id, key, data, runId, begun })),
      [
        { id: 'b', key: 'k', data: { id: 'b' }, runId: runIdOf('f', 'b'), begun: true },
        { id: 'd', key: 'k', data: { id: 'd' }, runId: runIdOf('f', 'd'), begun: false },
      ],
    );
    assert.equal(
      next.parked().map(({ id, reason }) => [id, reason]),
      [['c', 'It failed.']],
    );
    const replayed = await next.replay(c);
    // The run that failed is another one: a runtime that knows it would give its end again.
    assert.is(replayed?.runId, runIdOf('f', 'c', 1));
    assert.equal([await next.replay(c), await next.drop(c)], [null, false]);
    const last = await again();
    assert.equal(
      last.open().map(({ event: { runId } }) => runId),
      ['b', 'c', 'd'].map((id) => runIdOf('f', id, id === 'c' ? 1 : 0)),
    );
    assert.equal(last.parked(), []);
  }));

test('a state and the end of an event are kept with what is accepted, or not at all', async () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  let fails = false;
  const disk: Disk = { ...nodeDisk, write: (...args) => (fails ? Promise.reject(full) : nodeDisk.write(...args)) };
  await inLog(
    async (log, again) => {
      await log.accept([event('batch')]);
      const [batch = 0] = numbers(log);
      const beside = { endOf: batch, state: { key: 'cursor', value: 7 } };
      fails = true;
      const error = await rejection(log.accept([event('item')], beside));
      assert.is(error.code, 'events-disk');
      assert.equal([numbers(log), log.state('cursor')], [[batch], undefined]);
      // The disk has room again, and the sender tries again.
      fails = false;
      assert.is(log.sound, true);
      assert.equal(
        (await log.accept([event('item')], beside)).map(({ kind }) => kind),
        ['accepted'],
      );
      const next = await again();
      assert.equal([next.open().map(({ event: { id } }) => id), next.state('cursor')], [['item'], 7]);
      await next.accept([], { state: { key: 'cursor', value: null } });
      assert.is((await again()).state('cursor'), undefined);
    },
    {},
    disk,
  );
});

test('a repetition of what is still being written waits for it, and fails with it', async () => {
  const waiting: (() => void)[] = [];
  let fails = false;
  const disk: Disk = {
    ...nodeDisk,
    async sync(fd) {
      await new Promise<void>((resolve) => waiting.push(resolve));
      if (fails) throw new Error('EIO: i/o error, fdatasync');
      await nodeDisk.sync(fd);
    },
  };
  await inLog(
    async (log) => {
      const told: string[] = [];
      const tell = (what: string) => log.accept([event('a')]).then(([each]) => told.push(`${what} ${each?.kind}`));
      const both = Promise.all([tell('first'), tell('second')]);
      await until(() => waiting.length > 0);
      assert.equal(told, []);
      waiting.shift()?.();
      await both;
      assert.equal(told.sort(), ['first accepted', 'second repeated']);
      fails = true;
      const failing = Promise.allSettled([log.accept([event('b')]), log.accept([event('b')])]);
      await until(() => waiting.length > 0);
      waiting.shift()?.();
      assert.equal(
        (await failing).map(({ status }) => status),
        ['rejected', 'rejected'],
      );
      assert.is(log.sound, false);
      assert.is((await rejection(log.accept([event('c')]))).code, 'events-disk');
    },
    {},
    disk,
  );
});

test('ids are remembered for their time, and not beyond their number', async () => {
  const clock = new ManualClock();
  const warnings: EventsWarning[] = [];
  const log = eventsInMemory({ rememberMs: 1_000 }, clock);
  assert.equal(await kinds(log, event('a')), ['accepted']);
  await clock.advance(999);
  assert.equal(await kinds(log, event('a')), ['repeated']);
  await clock.advance(1);
  assert.equal(await kinds(log, event('a')), ['accepted']);
  await inLog(
    async (small) => {
      assert.equal(await kinds(small, event('a'), event('b'), event('c')), ['accepted', 'accepted', 'accepted']);
      assert.equal(await kinds(small, event('c'), event('a')), ['repeated', 'accepted']);
      assert.equal(
        warnings.map(({ code }) => code),
        ['events-forgotten'],
      );
    },
    { maxRemembered: 2, onWarning: (warning) => warnings.push(warning) },
  );
});

test('what waits and what is parked is bounded by bytes', () =>
  inLog(
    async (log) => {
      const large = (id: string) => event(id, { data: { text: 'x'.repeat(400) } });
      await log.accept([large('a'), large('b')]);
      assert.is((await rejection(log.accept([large('c')]))).code, 'events-full');
      const [a = 0, b = 0] = numbers(log);
      await log.park(a, 'It failed.');
      await log.end(b);
      assert.is(log.waitingBytes, 0);
      // What was refused is not remembered.
      assert.equal(await kinds(log, large('c')), ['accepted']);
      await log.park(numbers(log)[0] ?? 0, 'It failed.');
      assert.equal(
        log.parked().map(({ id }) => id),
        ['c'],
      );
    },
    { maxWaitingBytes: 1_000, maxParkedBytes: 500 },
  ));

test('sweeps keep what waits, what is parked, ids and states, and remove the rest', () =>
  inLog(
    async (log, again) => {
      const data = { text: 'x'.repeat(130_000) };
      await log.accept([event('waits', { data }), event('begun', { data }), event('parked', { data })], {
        state: { key: 'cursor', value: 'c' },
      });
      const [, begun = 0, parked = 0] = numbers(log);
      await log.begin(begun);
      await log.park(parked, 'It failed.');
      for (let turn = 0; turn < 150; turn += 1) {
        const [taken] = await log.accept([event(`e${turn}`, { data })]);
        if (taken?.kind === 'accepted') await log.end(taken.event.number);
      }
      const next = await again();
      assert.equal(
        next.open().map(({ event: { id }, begun: isBegun }) => [id, isBegun]),
        [
          ['waits', false],
          ['begun', true],
        ],
      );
      assert.equal([next.parked().map(({ id }) => id), next.state('cursor')], [['parked'], 'c']);
      assert.equal(await kinds(next, event('e0'), event('e149'), event('waits')), ['repeated', 'repeated', 'repeated']);
      const [after] = await next.accept([event('after')]);
      assert.ok(after?.kind === 'accepted' && after.event.number > 153);
    },
    { maxSegmentBytes: 500_000 },
  ));

test('a log that is swept does not grow', () =>
  withDirectory(async (dir) => {
    const log = await openEventLog({ dir, maxSegmentBytes: 500_000 }, nodeDisk);
    const data = { text: 'x'.repeat(130_000) };
    for (let turn = 0; turn < 150; turn += 1) {
      const [taken] = await log.accept([event(`e${turn}`, { data })]);
      if (taken?.kind === 'accepted') await log.end(taken.event.number);
    }
    await log.close();
    // 20 MB were written, of which 8 MiB of void lines are put up with.
    assert.ok(segmentsIn(dir).length < 25, `${segmentsIn(dir).length} segments`);
  }));

/** All that stands on the disk. */
const bytesIn = (dir: string) =>
  segmentsIn(dir)
    .map((name) => readFileSync(join(dir, name), 'utf8'))
    .join('');

test('with a key nothing of it can be read, and another key, or none, opens nothing and changes nothing', () =>
  withDirectory(async (dir) => {
    const seal = runSeal(newHostKey());
    const log = await openEventLog({ dir, seal }, nodeDisk);
    await log.accept([event('hush')], { state: { key: 'webhook hush', value: { secret: 'whispered' } } });
    await log.close();
    const before = bytesIn(dir);
    assert.not.match(before, /hush|whispered/);
    for (const other of [{}, { seal: runSeal(newHostKey()) }]) {
      const error = await rejection(openEventLog({ dir, ...other }, nodeDisk));
      assert.is(error.code, 'runtime-key');
    }
    assert.is(bytesIn(dir), before);
    const again = await openEventLog({ dir, seal }, nodeDisk);
    assert.equal([numbers(again), again.state('webhook hush')], [[1], { secret: 'whispered' }]);
    await again.close();
    assert.is(bytesIn(dir), before, 'what is sealed with this key is not sealed anew');
  }));

test('what stands in the clear, and what a former key has sealed, is sealed with the key of now and gone', () =>
  withDirectory(async (dir) => {
    const [first, second] = [newHostKey(), newHostKey()];
    const plain = await openEventLog({ dir }, nodeDisk);
    await plain.accept([event('hush'), event('done')], { state: { key: 'webhook hush', value: 'whispered' } });
    await plain.park(1, 'It failed.');
    await plain.end(2);
    await plain.close();
    assert.match(bytesIn(dir), /whispered/);
    for (const seal of [runSeal(first), runSeal(second, [first]), runSeal(second)]) {
      const log = await openEventLog({ dir, seal }, nodeDisk);
      assert.not.match(bytesIn(dir), /hush|whispered/);
      assert.equal([log.parked().map(({ id }) => id), log.state('webhook hush')], [['hush'], 'whispered']);
      assert.equal(await kinds(log, event('hush'), event('done')), ['repeated', 'repeated']);
      await log.close();
    }
    assert.is((await rejection(openEventLog({ dir, seal: runSeal(first) }, nodeDisk))).code, 'runtime-key');
  }));

test('a power cut while it is sealed anew loses nothing, and the next one ends it', () =>
  withDirectory(async (dir) => {
    const seal = runSeal(newHostKey());
    const plain = await openEventLog({ dir }, nodeDisk);
    await plain.accept([event('hush')], { state: { key: 'webhook hush', value: 'whispered' } });
    await plain.close();
    const failing: Disk = { ...nodeDisk, remove: () => Promise.reject(new Error('The power was cut.')) };
    assert.is((await rejection(openEventLog({ dir, seal }, failing))).code, 'events-open');
    const log = await openEventLog({ dir, seal }, nodeDisk);
    assert.not.match(bytesIn(dir), /hush|whispered/);
    assert.equal([numbers(log), log.state('webhook hush')], [[1], 'whispered']);
    await log.close();
  }));

test.run();
