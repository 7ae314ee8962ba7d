/** Deliveries whose runs outlive their host. */
import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until, withDirectory } from '../../test/support.js';
import { eventLog } from '../events/open.js';
import { fileJournal } from '../journal/open.js';
import { deckStore } from '../serve/decks.js';
import { flowStore } from '../serve/flow-store.js';
import { FakeService, hearing, SIGNED, START } from './testing/service.js';

const DAY = 86_400_000;

/** A host on the state in `dir`, started. */
async function lasting(dir: string, service: FakeService, clock: ManualClock) {
  const journal = await fileJournal({ dir: join(dir, 'runs'), clock });
  const events = await eventLog({ dir: join(dir, 'events'), clock });
  const store = await flowStore({ dir: join(dir, 'flows') });
  const decks = deckStore(join(dir, 'decks'));
  const hosted = hearing(SIGNED, {
    service,
    clock,
    runtime: journal,
    host: { events, store, lasting: { journal, decks } },
  });
  await hosted.host.start();
  return { ...hosted, events };
}

/** The first host, whose flow is registered. */
async function listening(dir: string) {
  const service = new FakeService();
  const clock = new ManualClock({ start: START });
  const first = await lasting(dir, service, clock);
  await first.host.turn('hears', true);
  await until(() => first.host.flow('hears')?.webhook?.phase === 'on');
  return { service, clock, first };
}

/** How many runs another process would find to go on with, if this one were gone now. */
async function unfinishedIn(dir: string, copy: string): Promise<number> {
  cpSync(dir, copy, { recursive: true, filter: (path) => !basename(path).startsWith('lock') });
  const journal = await fileJournal({ dir: copy });
  const { length } = await journal.unfinished();
  await journal.shutdown();
  return length;
}

test('what an earlier host ran to its end, and could not note any more, is done with and not run again', () =>
  withDirectory(async (dir) => {
    const { service, clock, first } = await listening(dir);
    service.meanwhileHeard = () => first.events.close();
    assert.is((await first.deliver('1', 'hello')).status, 200);
    await until(() => first.host.runs()[0]?.status === 'success');
    await first.host.stop();
    service.meanwhileHeard = async () => {};
    const second = await lasting(dir, service, clock);
    assert.is(second.events.open().length, 1, 'the first could not note it');
    await until(() => second.events.open().length === 0);
    assert.equal([service.heard, second.host.parked.list()], [['hello'], []]);
    await second.host.stop();
  }));

test('what an earlier host ran to an error, and could not note, is parked with that error', () =>
  withDirectory(async (dir) => {
    const { service, clock, first } = await listening(dir);
    service.meanwhileFailed = () => first.events.close();
    assert.is((await first.deliver('1', 'fail')).status, 200);
    await until(() => first.host.runs()[0]?.status === 'error');
    await first.host.stop();
    const second = await lasting(dir, service, clock);
    await until(() => second.host.parked.list().length === 1);
    assert.match(second.host.parked.list()[0]?.reason ?? '', /The flow failed/);
    await second.host.stop();
  }));

test('an id that comes again after it was forgotten is another event, and runs', () =>
  withDirectory(async (dir) => {
    const { service, clock, first } = await listening(dir);
    const heard = async (body: string, count: number) => {
      assert.is((await first.deliver('1', body)).status, 200);
      await until(() => service.heard.length === count && first.events.open().length === 0);
    };
    await heard('hello', 1);
    await heard('hello', 1);
    await clock.advance(8 * DAY);
    await heard('again', 2);
    await heard('again', 2);
    await clock.advance(8 * DAY);
    await heard('and again', 3);
    assert.equal([service.heard, first.host.parked.list()], [['hello', 'again', 'and again'], []]);
    await first.host.stop();
  }));

test('a registration that is under way is no run to go on with: the host asks again by itself', () =>
  withDirectory(async (dir) => {
    const service = new FakeService();
    const { host } = await lasting(dir, service, new ManualClock({ start: START }));
    const unfinished: number[] = [];
    service.meanwhile = async () => void unfinished.push(await unfinishedIn(join(dir, 'runs'), join(dir, 'copy')));
    await host.turn('hears', true);
    await until(() => host.flow('hears')?.webhook?.phase === 'on');
    assert.equal([service.log, unfinished], [['register'], [0]]);
    await host.stop();
  }));

test.run();
