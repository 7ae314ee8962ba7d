/** Another version of the flows of a host: old runs end with theirs, everything else is of the new one. */
import { standard } from '@flowdeck/cards';
import { createEngine, definePack } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../../test/support.js';
import { polling } from '../polling/testing/polled.js';
import { HEARS, hearing } from '../webhook/testing/service.js';
import type { Host } from './host.js';
import { served } from './testing/served.js';

const flow = (id: string, type: string, says: string, more: object = {}) => ({
  id,
  type,
  cards: [{ card: 'flow.return', in: { says } }],
  ...more,
});
const deck = (...flows: readonly object[]) => ({ flowdeck: 1, flows });
/** Another deck of the same engine. */
const renew = (host: Host, document: object) => host.renew({ engine: host.engine, deck: host.engine.load(document) });

const PAUSES = { cards: [{ card: 'control.pause', in: { message: 'Waiting' } }] };
const asks = (says: string) =>
  flow('asks', 'manual', says, { cards: [...PAUSES.cards, { card: 'flow.return', in: { says } }] });

test('a run ends with the version that it began with; what is started later is of the new one', async () => {
  const { host } = served({}, deck(asks('old'), flow('gone', 'api', 'old'), flow('calls', 'api', 'old')));
  await host.start();
  const { token } = await host.turn('calls', true);
  await host.turn('gone', true);
  const before = host.run('asks', 'hand');
  await renew(host, deck(asks('new'), flow('calls', 'api', 'new'), flow('more', 'api', 'new')));
  const after = host.run('asks', 'hand');
  await host.signal(before.runId, 'resume', {});
  await host.signal(after.runId, 'resume', {});
  assert.equal([(await before.ended).outputs, (await after.ended).outputs], [{ says: 'old' }, { says: 'new' }]);
  assert.equal([host.flow('calls')?.on, host.flow('calls')?.token], [true, token]);
  assert.equal([host.flow('more')?.on, host.flow('gone')], [false, undefined]);
  assert.throws(() => host.run('gone', 'hand'), /There is no flow/);
  await renew(host, deck(flow('gone', 'api', 'back')));
  assert.is(host.flow('gone')?.on, true, 'it is on as before');
  await host.stop();
  await renew(host, deck(asks('late'))).then(
    () => assert.unreachable(),
    ({ code }) => assert.is(code, 'host-stopping'),
  );
});

test('schedules follow: another one begins with its next moment, one that is gone has none', async () => {
  const ticks = (cron: string) => flow('ticks', 'schedule', 'x', { schedule: { cron } });
  const { host, clock } = served({}, deck(ticks('0 * * * *')));
  await host.start();
  await host.turn('ticks', true);
  const moment = () => new Date(host.flow('ticks')?.next ?? 0).toISOString();
  assert.is(moment(), '2026-05-01T12:00:00.000Z');
  await clock.advance(5 * 60_000);
  await renew(host, deck(ticks('*/10 * * * *')));
  assert.is(moment(), '2026-05-01T11:40:00.000Z');
  await clock.advance(5 * 60_000);
  await until(() => host.runs('ticks').length === 1 && host.runs('ticks')[0]?.status === 'success');
  await renew(host, deck(flow('other', 'manual', 'x')));
  await clock.advance(60 * 60_000);
  assert.is(host.runs('ticks').length, 1);
  await renew(host, deck(ticks('*/10 * * * *')));
  assert.equal([host.runs('ticks').length, moment()], [1, '2026-05-01T12:50:00.000Z'], 'it has missed none');
  await host.stop();
});

test('a schedule that would never run is refused when it is turned on, and told when it becomes so; the others go on', async () => {
  const ticks = (id: string, schedule: object) => flow(id, 'schedule', 'x', { schedule });
  const bad = [{ cron: '61 * * * *' }, { cron: '0 6 * * *', timeZone: 'Europe/Pariss' }, { cron: '0 6 30 2 *' }];
  const warned: string[] = [];
  const { host, clock } = served(
    { onWarning: ({ message }) => warned.push(message) },
    deck(ticks('good', { cron: '0 * * * *' }), ...bad.map((schedule, at) => ticks(`bad${at}`, schedule))),
  );
  await host.start();
  for (const at of bad.keys()) {
    await host.turn(`bad${at}`, true).then(
      () => assert.unreachable(),
      ({ code, message }) => assert.equal([code, message.includes(`"bad${at}"`)], ['schedule-never', true]),
    );
    assert.is(host.flow(`bad${at}`)?.on, false);
  }
  await host.turn('good', true);
  await renew(host, deck(ticks('good', { cron: '61 * * * *' })));
  assert.is(warned.length, 1);
  assert.match(warned[0] ?? '', /flow "good", "61 \* \* \* \*", cannot be read/);
  assert.is(host.flow('good')?.next, null);
  await renew(host, deck(ticks('good', { cron: '0 * * * *' })));
  await clock.advance(60 * 60_000);
  assert.is(host.runs('good').length, 1);
  await host.stop();
});

const listener = (id: string, more: object = {}, cards: readonly object[] = [HEARS]) => ({
  id,
  type: 'event',
  event: { connector: 'svc', name: 'posted', ...more },
  inputs: [{ key: 'text', type: 'any' }],
  cards,
});

test('a webhook stays where nothing of it has changed, and is ended and made anew where it has', async () => {
  const hosted = hearing();
  const { host, service } = hosted;
  const phase = () => host.flow('hears')?.webhook?.phase;
  await host.start();
  await host.turn('hears', true);
  await until(() => phase() === 'on');
  const first = service.latest;
  await renew(host, deck(listener('hears', {}, [{ card: 'svc.hear', in: { value: 'the new version' } }])));
  assert.equal([phase(), service.log], ['on', ['register']]);
  assert.is((await hosted.deliver('e1', 'hello')).status, 200);
  await until(() => service.heard.length === 1);
  assert.equal(service.heard, ['the new version']);

  await renew(host, deck(listener('hears', { options: { room: 'b' } })));
  assert.is((await hosted.deliver('e2', 'old', { url: first.url, secret: first.secret })).status, 410);
  await until(() => phase() === 'on' && service.latest !== first);
  assert.equal(service.log, ['register', 'deregister', 'register']);
  assert.is((await hosted.deliver('e3', 'again')).status, 200);
  await until(() => service.heard.length === 2);

  const second = service.latest;
  await renew(host, deck(flow('other', 'manual', 'x')));
  assert.is((await hosted.deliver('e4', 'orphan', { url: second.url, secret: second.secret })).status, 410);
  await until(() => service.log.length === 4);
  assert.equal(service.log.slice(3), ['deregister']);
  await renew(host, deck(listener('hears')));
  await until(() => phase() === 'on' && service.latest !== second);
  assert.is((await hosted.deliver('e5', 'back')).status, 200);
  await host.stop();
  assert.equal(service.heard, ['the new version', 'again', 'back']);
});

test('a poll goes on with its cursor, asks as often as the new version says, and begins anew for another question', async () => {
  const polled = polling();
  const { host, clock, service } = polled;
  const polls = (event: object) => ({
    ...listener('hears', { name: 'added', connector: 'lst', everySeconds: 60, ...event }),
    inputs: [{ key: 'id', type: 'number' }],
    cards: [{ card: 'lst.hear', in: { value: { from: '/inputs/id' } } }],
  });
  const turns = (count: number) =>
    until(() => service.asked.length === count && host.flow('hears')?.poll?.phase === 'waiting');
  await host.start();
  await host.turn('hears', true);
  await turns(1);
  await renew(host, deck(polls({ everySeconds: 10 })));
  service.add(1);
  await clock.advance(12_000);
  await turns(2);
  await until(() => service.heard.length === 1);
  await renew(host, deck(polls({ options: { list: 'b' } })));
  service.add(2);
  await clock.advance(70_000);
  await turns(3);
  await renew(host, deck(flow('other', 'manual', 'x')));
  await clock.advance(3_600_000);
  assert.equal(service.asked, [
    { cursor: null, list: null },
    { cursor: { after: 1 }, list: null },
    { cursor: null, list: 'b' },
  ]);
  assert.equal(service.heard, [1]);
  await host.stop();
});

test('a version that cannot be served changes nothing', async () => {
  const hosted = hearing();
  const { host, service } = hosted;
  await host.start();
  await host.turn('hears', true);
  await until(() => host.flow('hears')?.webhook?.phase === 'on');
  const reads = { ...flow('read', 'webhook', 'x'), outputs: [] };
  const manifest = {
    ...{ key: 'svc', name: 'Service', version: '1.0.0', auth: { type: 'custom', fields: [] }, flows: {} },
    events: [{ key: 'posted', flow: 'read', delivery: { verify: [{ scheme: 'code', name: 'svc.proof' }] } }],
  };
  const connectors = [{ flowdeck: 1, connector: manifest, flows: [reads] }];
  const engine = createEngine({
    packs: [standard, definePack({ name: 'svc', namespace: 'svc', version: '1.0.0', connectors })],
  });
  const listens = flow('hears', 'event', 'x', { event: { connector: 'svc', name: 'posted' } });
  await host.renew({ engine, deck: engine.load(deck(listens)) }).then(
    () => assert.unreachable(),
    ({ code }) => assert.is(code, 'proof-unknown'),
  );
  assert.is((await hosted.deliver('e1', 'hello')).status, 200);
  await host.stop();
  assert.equal(service.heard, ['hello']);
});

test.run();
