/** Polls in a host: what is new is heard once, over restarts, failures and new versions, and nothing is lost. */
import { type Clock, ConnectionError, HttpError, type Value } from '@flowdeck/engine';
import { ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until, withDirectory } from '../../test/support.js';
import { eventLog, eventsInMemory } from '../events/open.js';
import { flowStore, flowStoreInMemory } from '../serve/flow-store.js';
import { createHandler } from '../serve/handler.js';
import { ListedService, listConnector, POLL_START, polling } from './testing/polled.js';

const MINUTE = 60_000;

const refusing =
  (statusCode: number, headers: Record<string, string> = {}) =>
  (): Value => {
    throw new HttpError('card-failed', `The service said ${statusCode}.`, { statusCode, extra: { headers } });
  };

/** Lets the flow be on, and its first turn be over. */
async function started(parts: Parameters<typeof polling>[0] = {}) {
  const polled = polling(parts);
  await polled.host.start();
  await polled.host.turn('hears', true);
  await turns(polled, 1);
  return polled;
}

/** Resolves when so many turns are over. */
const turns = ({ host, service }: ReturnType<typeof polling>, count: number) =>
  until(() => service.asked.length >= count && host.flow('hears')?.poll?.phase !== 'polling');

test('the first turn gives nothing old; the next ones what is new, each once, with its members as inputs', async () => {
  const service = new ListedService();
  service.add(1, 2);
  const polled = await started({ service });
  const { host, clock } = polled;
  assert.equal(host.flow('hears')?.poll, {
    phase: 'waiting',
    polledAt: POLL_START,
    dueAt: host.flow('hears')?.next,
    reason: null,
  });
  service.add(3);
  await clock.advance(MINUTE + 6_000);
  await turns(polled, 2);
  service.add(4, 5);
  await clock.advance(MINUTE);
  await turns(polled, 3);
  await until(() => service.heard.length === 3);
  assert.equal(service.heard, [3, 4, 5]);
  assert.equal(
    service.asked.map(({ cursor }) => cursor),
    [null, { after: 1 }, { after: 2 }],
  );
  await host.stop();
});

test('a flow that is off asks nothing; turned on again, what came meanwhile is old, and nothing is given twice', async () => {
  const polled = await started({ connector: listConnector({ id: '/id', first: 'all' }) });
  const { host, clock, service } = polled;
  service.add(1);
  await clock.advance(MINUTE + 6_000);
  await until(() => service.heard.length === 1);
  await host.turn('hears', false);
  assert.equal([host.flow('hears')?.poll?.phase, host.flow('hears')?.next], ['off', null]);
  service.add(2);
  await clock.advance(10 * MINUTE);
  assert.is(service.asked.length, 2);
  await host.turn('hears', true);
  await until(() => service.heard.length === 2);
  assert.equal([service.heard, service.asked.at(-1)?.cursor], [[1, 2], null]);
  await host.stop();
});

test('what a turn gives that began before the flow was turned off and on belongs to nobody', async () => {
  let answer: (items: Value) => void = () => {};
  const service = new ListedService();
  service.answers.push(() => new Promise<Value>((resolve) => (answer = resolve)));
  const { host } = polling({ service, connector: listConnector({ id: '/id', first: 'all' }) });
  await host.start();
  await host.turn('hears', true);
  await until(() => service.asked.length === 1);
  assert.is(host.flow('hears')?.poll?.phase, 'polling');
  await host.turn('hears', false);
  await host.turn('hears', true);
  answer([{ id: 9 }]);
  await until(() => service.asked.length === 2);
  await until(() => host.flow('hears')?.poll?.phase === 'waiting');
  assert.equal([service.heard, service.load.most], [[], 1]);
  await host.stop();
});

test('a cursor and its events outlive the host and its connector: the next one goes on, and loses nothing', async () => {
  await withDirectory(async (dir) => {
    const life = async (version: string, connector = listConnector({ id: '/id' }, version)) => {
      const [events, store] = [await eventLog({ dir: `${dir}/events` }), await flowStore({ dir: `${dir}/flows` })];
      return polling({ service, connector, host: { events, store } });
    };
    const service = new ListedService();
    service.add(1);
    const first = await life('1.0.0');
    await first.host.start();
    await first.host.turn('hears', true);
    await turns(first, 1);
    await first.host.stop();
    service.add(2);
    const second = await life('2.0.0');
    await second.clock.advance(2 * MINUTE);
    await second.host.start();
    await until(() => service.heard.length === 1);
    assert.equal([service.heard, service.asked.at(-1)?.cursor], [[2], { after: 1 }]);
    assert.equal(second.warned, []);
    await second.host.stop();
  });
});

test('events whose host was stopped before their runs are run by the next one, and not asked for again', async () => {
  await withDirectory(async (dir) => {
    const service = new ListedService();
    const at = async () => ({ events: await eventLog({ dir: `${dir}/events` }), store });
    const store = flowStoreInMemory();
    const first = polling({ service, host: { ...(await at()), maxRuns: 0 } });
    await first.host.start();
    await first.host.turn('hears', true);
    await turns(first, 1);
    service.add(7);
    await first.clock.advance(MINUTE + 6_000);
    await turns(first, 2);
    await first.host.stop();
    assert.equal(service.heard, []);
    const second = polling({ service, host: await at(), clock: first.clock });
    await second.host.start();
    await until(() => service.heard.length === 1);
    await second.clock.advance(MINUTE);
    await turns(second, 3);
    await second.host.stop();
    assert.equal(service.heard, [7]);
  });
});

test('a turn that the end of the host cuts off gave nothing: the next life asks for the same again', async () => {
  const service = new ListedService();
  const events = unclosed(eventsInMemory());
  const store = flowStoreInMemory();
  const first = await started({ service, host: { events, store } });
  service.add(1);
  service.answers.push(() => new Promise<Value>(() => {}));
  await first.clock.advance(MINUTE + 6_000);
  await until(() => first.service.asked.length === 2);
  await first.host.stop();
  const second = polling({ service, clock: first.clock, host: { events, store } });
  await second.host.start();
  await until(() => service.heard.length === 1);
  assert.equal(
    service.asked.map(({ cursor }) => cursor),
    [null, { after: 1 }, { after: 1 }],
  );
  assert.equal([first.warned, second.warned], [[], []]);
  await second.host.stop();
});

/** The log, which its host does not close. */
function unclosed(log: ReturnType<typeof eventsInMemory>): ReturnType<typeof eventsInMemory> {
  return new Proxy(log, {
    get: (target, key) => {
      if (key === 'close') return async () => {};
      const found: unknown = Reflect.get(target, key);
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
}

test('a service that fails is asked after pauses that grow, and what came meanwhile is not lost', async () => {
  const polled = await started();
  const { host, clock, service, warned } = polled;
  service.answers.push(refusing(500), refusing(500), refusing(500));
  service.add(1);
  await clock.advance(MINUTE + 6_000);
  await turns(polled, 2);
  const info = () => host.flow('hears')?.poll;
  const firstAt = info()?.polledAt ?? 0;
  assert.equal([info()?.phase, info()?.reason, info()?.dueAt], ['failing', 'The service said 500.', firstAt + MINUTE]);
  await clock.advance(MINUTE);
  await turns(polled, 3);
  assert.is(info()?.dueAt, (info()?.polledAt ?? 0) + 2 * MINUTE);
  await clock.advance(2 * MINUTE);
  await turns(polled, 4);
  assert.is(info()?.dueAt, (info()?.polledAt ?? 0) + 4 * MINUTE);
  await clock.advance(4 * MINUTE);
  await until(() => service.heard.length === 1);
  assert.equal([info()?.phase, info()?.reason], ['waiting', null]);
  assert.equal(warned, ['poll-failed: The poll of flow "hears" failed: The service said 500.'], 'told once');
  await host.stop();
});

test('its owner sees when it was asked last, when it is asked next, and why that failed', async () => {
  const polled = await started();
  const { host, clock, service } = polled;
  const handle = createHandler(host, { adminToken: 'owner' });
  const asked = async (path: string, authorization: string) =>
    (await handle(new Request(`http://127.0.0.1:3000/${path}`, { headers: { authorization } }))).text();
  const password = `Basic ${Buffer.from('any:owner').toString('base64')}`;
  const [last, next] = ['2026-05-01T11:30:00.000Z', new Date(host.flow('hears')?.next ?? 0).toISOString()];
  const told: unknown = JSON.parse(await asked('admin/flows/hears', 'Bearer owner'));
  assert.equal(told, {
    id: 'hears',
    name: 'hears',
    type: 'event',
    on: true,
    next,
    poll: { phase: 'waiting', last, next, reason: null },
  });
  assert.match(await asked('status', password), `asked at ${last}`);
  service.answers.push(refusing(418));
  await clock.advance(MINUTE + 6_000);
  await turns(polled, 2);
  assert.match(await asked('status', password), /failing, asked at [^<]*: The service said 418\./);
  await host.stop();
});

test('a service that says for how long it wants to be left alone is left alone', async () => {
  const polled = await started();
  const { host, clock, service } = polled;
  service.answers.push(refusing(429, { 'Retry-After': '1800' }));
  await clock.advance(MINUTE + 6_000);
  await turns(polled, 2);
  const dueAt = (host.flow('hears')?.poll?.polledAt ?? 0) + 1_800_000;
  assert.is(host.flow('hears')?.poll?.dueAt, dueAt);
  await clock.advance(dueAt - clock.now() - 1);
  assert.is(service.asked.length, 2);
  await clock.advance(1);
  await turns(polled, 3);
  assert.is(host.flow('hears')?.poll?.phase, 'waiting');
  await host.stop();
});

test('a connection that needs a login stops the poll, and says so; it goes on when its owner has logged in', async () => {
  let isDead = true;
  const polled = polling({
    connections: {
      perCall: true,
      get(name) {
        if (isDead) throw new ConnectionError('connection-needs-login' as never, `"${name}" needs a login.`); // a code of a port
        return { connector: 'lst', auth: { key: 'k' } };
      },
    },
  });
  const { host, clock, service } = polled;
  await host.start();
  await host.turn('hears', true);
  await until(() => host.flow('hears')?.poll?.phase === 'needs-login');
  await clock.advance(10 * MINUTE);
  assert.equal([service.asked, host.flow('hears')?.poll?.phase], [[], 'needs-login']);
  isDead = false;
  await clock.advance(MINUTE);
  await turns(polled, 1);
  assert.is(host.flow('hears')?.poll?.phase, 'waiting');
  await host.stop();
});

test('other options begin anew, and say so', async () => {
  const [service, events, store] = [new ListedService(), unclosed(eventsInMemory()), flowStoreInMemory()];
  service.add(1);
  const first = await started({ service, host: { events, store }, event: { options: { list: 'a' } } });
  await first.host.stop();
  service.add(2);
  const second = polling({ service, host: { events, store }, event: { options: { list: 'b' } }, clock: first.clock });
  await second.clock.advance(2 * MINUTE);
  await second.host.start();
  await turns(second, 2);
  assert.equal(service.asked, [
    { cursor: null, list: 'a' },
    { cursor: null, list: 'b' },
  ]);
  assert.match(second.warned.join(), /^poll-anew: The poll of flow "hears": Something else is asked for/);
  assert.equal(service.heard, []);
  await second.host.stop();
});

test('a cursor that is too large, and items that are no list, are failures that keep nothing', async () => {
  const service = new ListedService();
  const polled = await started({ service });
  const { host, clock } = polled;
  service.answers.push(() => 'nothing');
  service.add(1);
  await clock.advance(MINUTE + 6_000);
  await turns(polled, 2);
  assert.match(host.flow('hears')?.poll?.reason ?? '', /no list as its output "items"/);
  await clock.advance(MINUTE);
  await until(() => service.heard.length === 1);
  await host.stop();
  const large = polling({
    connector: JSON.parse(
      JSON.stringify(listConnector()).replace('{"from":"/listed/cursor"}', JSON.stringify('x'.repeat(11_000))),
    ),
  });
  await large.host.start();
  await large.host.turn('hears', true);
  await turns(large, 1);
  assert.match(large.host.flow('hears')?.poll?.reason ?? '', /cursor has 11002 bytes, and at most 10240/);
  await large.host.stop();
});

test('events that the log does not take fail the turn, and are given by a later one', async () => {
  const events = eventsInMemory({ maxWaitingBytes: 1_000 });
  const polled = await started({ host: { events } });
  const { host, clock, service } = polled;
  service.add(1);
  service.answers.push(() => [{ id: 1, text: 'x'.repeat(2_000) }]);
  await clock.advance(MINUTE + 6_000);
  await turns(polled, 2);
  assert.is(host.flow('hears')?.poll?.phase, 'failing');
  await clock.advance(MINUTE);
  await until(() => service.heard.length === 1);
  await host.stop();
});

test('many flows take their turns beside each other, and never two of one', async () => {
  const flows = Array.from({ length: 120 }, (_, index) => `f${index}`);
  const { host, clock, service } = polling({ flows });
  await host.start();
  for (const flow of flows) await host.turn(flow, true);
  await until(() => flows.every((flow) => host.flow(flow)?.poll?.phase === 'waiting'));
  assert.is(service.asked.length, 120);
  const moments = new Set(flows.map((flow) => host.flow(flow)?.next));
  assert.ok(moments.size > 90, 'their next turns are spread');
  await clock.advance(MINUTE + 6_000);
  await until(() => service.asked.length === 240);
  assert.ok(service.load.most <= 50);
  await host.stop();
});

test('a clock that is set back by years makes nobody wait for as long', async () => {
  const base = new ManualClock({ start: POLL_START });
  let shift = 0;
  const clock: Clock = {
    now: () => base.now() + shift,
    elapsed: () => base.elapsed(),
    after: (ms, wake) => base.after(ms, wake),
    yield: () => base.yield(),
  };
  const polled = await started({ clock: base, host: { clock } });
  shift = -400 * 86_400_000;
  await base.advance(86_400_000 + MINUTE);
  assert.ok(polled.service.asked.length >= 2);
  await polled.host.stop();
});

test.run();
