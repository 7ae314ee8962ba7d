/** Runs of events: once each, in order by key, parked when they fail, and taken up again by the next life of a host. */
import type { RunResult } from '@flowdeck/engine';
import { ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../../test/support.js';
import { type EventHost, EventRuns, type EventStart } from './event-runs.js';
import { eventsInMemory } from './open.js';
import { type EventPace, Paces } from './pace.js';
import type { EventLog, KeptEvent, NewEvent } from './types.js';

const DONE = { error: null } as RunResult; // what of it is read
const FAILED = { error: { message: 'It broke.' } } as RunResult; // what of it is read

function event(id: string, key: string | null = null): NewEvent {
  return { flow: 'f', id, key, data: {}, content: null };
}

/** A host whose runs end when a test says so. */
class SlowHost implements EventHost {
  isBusy = false;
  isLasting = false;
  readonly traces = null;
  /** Events that the host was asked about, and those whose runs were begun. */
  readonly asked: string[] = [];
  readonly begun: string[] = [];
  readonly warned: string[] = [];
  readonly parkedOnes: [id: string, reason: string][] = [];
  readonly again: (() => void)[] = [];
  readonly waits: number[] = [];
  readonly #ends = new Map<string, (result: RunResult) => void>();

  start({ id }: KeptEvent): EventStart | Promise<EventStart> {
    this.asked.push(id);
    if (id === 'nothing') return { kind: 'nothing' };
    if (id === 'refused') return { kind: 'refused', reason: 'There is no such flow.' };
    if (id === 'throws') throw new Error('It was not expected.');
    return { kind: 'run', begin: () => this.#begin(id) };
  }

  #begin(id: string): Promise<RunResult> {
    this.begun.push(id);
    return new Promise((resolve) => this.#ends.set(id, resolve));
  }

  end(id: string, result = DONE): void {
    this.#ends.get(id)?.(result);
  }

  retry(work: () => void, afterMs = 0): void {
    this.again.push(work);
    this.waits.push(afterMs);
  }

  warn({ id }: KeptEvent): void {
    this.warned.push(id);
  }

  parked({ id }: KeptEvent, reason: string): void {
    this.parkedOnes.push([id, reason]);
  }
}

function hosted(most = 10, log: EventLog = eventsInMemory(), pace: EventPace = {}) {
  const host = new SlowHost();
  const clock = new ManualClock();
  // What a flow hears by is the first letter of its name.
  const paces = new Paces(pace, { now: () => clock.now(), connectionOf: (flow) => flow[0] ?? null });
  const runs = new EventRuns(log, host, most, paces);
  return { host, runs, log, clock };
}

const reasons = (log: EventLog) => log.parked().map(({ id, reason }) => [id, reason]);

test('what is accepted is run once, and ends or is parked', async () => {
  const { host, runs, log } = hosted();
  await runs.accept(['good', 'bad', 'nothing', 'refused', 'throws'].map((id) => event(id)));
  assert.equal(host.asked, [], 'not before the host is started');
  runs.start();
  await until(() => host.begun.length === 2 && log.parked().length === 2);
  await runs.accept([event('good')]);
  host.end('good');
  host.end('bad', FAILED);
  await runs.stop();
  assert.equal([log.open(), host.asked.length], [[], 5]);
  assert.equal(reasons(log).sort(), [
    ['bad', 'It broke.'],
    ['refused', 'There is no such flow.'],
    ['throws', 'It was not expected.'],
  ]);
});

test('a key is served one by one and in order, and holds up nobody else', async () => {
  const { host, runs } = hosted();
  runs.start();
  await runs.accept([event('a1', 'a'), event('a2', 'a'), event('b1', 'b'), event('free')]);
  await until(() => host.begun.length === 3);
  assert.equal(host.begun, ['a1', 'b1', 'free']);
  host.end('a1', FAILED);
  await until(() => host.begun.length === 4);
  assert.is(host.begun[3], 'a2');
  for (const id of ['a2', 'b1', 'free']) host.end(id);
  await runs.stop();
});

test('of a flow, and with a connection, as many run at once as its pace allows; others pass by', async () => {
  const pace = { flow: { atOnce: 2 }, connection: { atOnce: 3 } };
  const { host, runs } = hosted(10, eventsInMemory(), pace);
  runs.start();
  const of = (flow: string, ...ids: string[]) => ids.map((id): NewEvent => ({ ...event(id), flow }));
  await runs.accept([...of('xa', 'a1', 'a2', 'a3'), ...of('xb', 'b1', 'b2'), ...of('y', 'y1', 'y2', 'y3')]);
  await until(() => host.begun.length === 5);
  assert.equal(host.begun, ['a1', 'a2', 'b1', 'y1', 'y2'], 'two of a flow, three with a connection');
  host.end('b1');
  await until(() => host.begun.length === 6);
  assert.is(host.begun[5], 'b2', 'the flow of a3 still has two');
  host.end('a1', FAILED);
  await until(() => host.begun.length === 7);
  assert.is(host.begun[6], 'a3');
  for (const id of ['a2', 'a3', 'b2', 'y1', 'y2']) host.end(id);
  await until(() => host.begun.length === 8);
  host.end('y3');
  await runs.stop();
  assert.equal(host.again, [], 'nobody waits for time');
});

test('within any minute no more begin than the pace allows, and what waits is asked for again', async () => {
  const { host, runs, clock } = hosted(10, eventsInMemory(), { flow: { perMinute: 2 } });
  runs.start();
  const again = () => host.again.splice(0).forEach((work) => void work());
  await runs.accept([event('a')]);
  await clock.advance(30_000);
  await runs.accept(['b', 'c', 'd'].map((id) => event(id)));
  await until(() => host.begun.length === 2);
  for (const id of ['a', 'b']) host.end(id);
  await clock.advance(29_999);
  again();
  assert.equal([host.begun, host.waits.at(-1)], [['a', 'b'], 1]);
  await clock.advance(1);
  again();
  await until(() => host.begun.length === 3);
  assert.equal(host.waits.at(-1), 1_000, 'no timer is longer, and b began half a minute ago');
  await clock.advance(30_000);
  again();
  await until(() => host.begun.length === 4);
  for (const id of ['c', 'd']) host.end(id);
  await runs.stop();
});

test('a clock that is set back makes nobody wait', () => {
  let now = 1e12;
  const paces = new Paces({ flow: { perMinute: 1 } }, { now: () => now, connectionOf: () => null });
  const kept = { number: 1, flow: 'f' } as KeptEvent; // what of it is read
  paces.begin(kept);
  paces.end(kept);
  assert.is(paces.wait(['flow f']), 60_000);
  now -= 1e9;
  assert.is(paces.wait(['flow f']), 0);
});

test('no more run at a time than may, and none while the host is busy', async () => {
  const { host, runs } = hosted(2);
  host.isBusy = true;
  runs.start();
  await runs.accept(['a', 'b', 'c'].map((id) => event(id)));
  assert.equal([host.begun, host.again.length], [[], 1]);
  host.isBusy = false;
  host.again[0]?.();
  await until(() => host.begun.length === 2);
  host.end('b');
  await until(() => host.begun.length === 3);
  for (const id of ['a', 'c']) host.end(id);
  await runs.stop();
  assert.equal(host.begun, ['a', 'b', 'c']);
});

test('the next life runs what was not begun, and parks what was cut off', async () => {
  const { host, runs, log } = hosted(1);
  runs.start();
  await runs.accept(['cut', 'waits'].map((id) => event(id)));
  await until(() => host.begun.length === 1);
  // The first host is gone: nothing of it is heard any more.
  const next = hosted(1, log);
  next.runs.start();
  await until(() => next.host.begun.length === 1);
  assert.equal([next.host.begun, reasons(log)], [['waits'], [['cut', 'Its run was cut off.']]]);
  const [parked] = log.parked();
  const isReplayed = await next.runs.replay(parked?.number ?? 0);
  assert.equal([isReplayed, await next.runs.replay(99)], [true, false]);
  next.host.end('waits');
  await until(() => next.host.begun.length === 2);
  next.host.end('cut');
  await next.runs.stop();
  assert.equal([next.host.begun, log.open(), log.parked()], [['waits', 'cut'], [], []]);
});

test('runs that last are begun again under their id, and left to the next life when they are given up', async () => {
  const { host, runs, log } = hosted();
  host.isLasting = true;
  runs.start();
  await runs.accept([event('a')]);
  await until(() => host.begun.length === 1);
  const stopped = runs.stop();
  host.end('a', FAILED);
  await stopped;
  const next = hosted(10, log);
  next.host.isLasting = true;
  next.runs.start();
  await until(() => next.host.begun.length === 1);
  next.host.end('a');
  await next.runs.stop();
  assert.equal([log.open(), log.parked()], [[], []]);
});

for (const isLasting of [true, false]) {
  test(`one that the end of the host keeps from beginning is left to the next life, where runs ${isLasting ? 'last' : 'do not last'}`, async () => {
    const { host, runs, log } = hosted();
    host.isLasting = isLasting;
    let refuse = (_error: Error): void => {};
    host.start = ({ id }) => {
      host.begun.push(id);
      return new Promise((_, reject) => {
        refuse = reject;
      });
    };
    runs.start();
    await runs.accept([event('a')]);
    await until(() => host.begun.length === 1);
    const stopped = runs.stop();
    refuse(new Error('The journal was shut down.'));
    await stopped;
    assert.equal([log.open().map(({ event: { id }, begun }) => [id, begun]), log.parked()], [[['a', false]], []]);
  });
}

test('what a host read and did not begin is read and run by the next one', async () => {
  const { host, runs, log } = hosted();
  host.start = (event) => {
    host.asked.push(event.id);
    return new Promise(() => {}); // the host is gone before it knows
  };
  runs.start();
  await runs.accept([event('a')]);
  await until(() => host.asked.length === 1);
  const next = hosted(10, log);
  next.runs.start();
  await until(() => next.host.begun.length === 1);
  next.host.end('a');
  await next.runs.stop();
  assert.equal([log.open(), log.parked()], [[], []]);
});

test('a log that takes no more is told', async () => {
  const { host, runs, log } = hosted();
  runs.start();
  await runs.accept([event('a')]);
  await until(() => host.begun.length === 1);
  await log.close();
  host.end('a');
  await runs.stop();
  assert.equal(host.warned, ['a']);
});

test.run();
