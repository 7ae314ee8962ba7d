/** The life of a webhook: registered before it is heard, heard once, and gone when it is turned off. */
import { join } from 'node:path';
import { HttpError } from '@flowdeck/engine';
import { ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until, withDirectory } from '../../test/support.js';
import { eventLog, eventsInMemory } from '../events/open.js';
import { flowStore } from '../serve/flow-store.js';
import { FakeService, hearing, PUBLIC, SIGNED, START } from './testing/service.js';

const refusing = (statusCode: number) => () => {
  throw new HttpError('card-failed', `The service said ${statusCode}.`, { statusCode });
};

test('turned on, heard, turned off: the service is told, and the URL is gone', async () => {
  const hosted = hearing();
  const { host, service } = hosted;
  await host.start();
  await host.turn('hears', true);
  await until(() => host.flow('hears')?.webhook?.phase === 'on');
  const { url, secret } = service.latest;
  assert.match(url, /^https:\/\/flows\.example\/base\/hook\/[\w-]{32}$/);
  assert.is(host.flow('hears')?.webhook?.url, url);
  assert.ok(secret.length >= 32);
  assert.is((await hosted.send(url, '{}')).status, 401);
  const answer = await hosted.deliver('e1', 'hello');
  assert.is(answer.status, 200);
  await until(() => service.heard.length === 1);
  assert.equal(service.heard, ['hello']);
  await host.turn('hears', false);
  assert.is((await hosted.deliver('e2', 'late')).status, 410);
  await until(() => host.flow('hears')?.webhook?.phase === 'off');
  assert.equal(service.log, ['register', 'deregister']);
  assert.is(service.asked[1]?.id, 'hook-1');
  assert.equal([host.flow('hears')?.webhook?.url, service.heard.length], [null, 1]);
  await host.stop();
});

test('a repeated delivery is answered as before and not run again; another one under its id is a conflict', async () => {
  const hosted = hearing();
  const { host, service } = hosted;
  await host.start();
  await host.turn('hears', true);
  await until(() => host.flow('hears')?.webhook?.phase === 'on');
  const both = await Promise.all([hosted.deliver('e1', 'once'), hosted.deliver('e1', 'once')]);
  assert.equal(
    both.map(({ status }) => status),
    [200, 200],
  );
  await hosted.clock.advance(1_000);
  assert.is((await hosted.deliver('e1', 'once')).status, 200);
  assert.is((await hosted.deliver('e1', 'other')).status, 409);
  await host.stop();
  assert.equal(service.heard, ['once']);
});

test('every registration has a URL and a secret of its own, and the former ones are gone', async () => {
  const hosted = hearing();
  const { host, service } = hosted;
  await host.start();
  await host.turn('hears', true);
  await until(() => host.flow('hears')?.webhook?.phase === 'on');
  const former = service.latest;
  await host.turn('hears', false);
  await host.turn('hears', true);
  await until(() => host.flow('hears')?.webhook?.phase === 'on' && service.latest !== former);
  assert.is.not(service.latest.url, former.url);
  assert.is.not(service.latest.secret, former.secret);
  assert.is((await hosted.deliver('e1', 'orphan', former)).status, 410);
  assert.is((await hosted.deliver('e1', 'heard')).status, 200);
  assert.is((await hosted.send(`${PUBLIC}hook/guessed`, '{}')).status, 404);
  await host.stop();
  assert.equal([service.heard, service.log], [['heard'], ['register', 'deregister', 'register']]);
});

test('a register flow that fails is tried again with another URL; a refusal for good is told', async () => {
  const hosted = hearing();
  const { host, service, clock } = hosted;
  service.answers['register'] = [refusing(503), () => ({ id: 'second' }), refusing(422)];
  await host.start();
  await host.turn('hears', true);
  await until(() => host.flow('hears')?.webhook?.reason !== null);
  const first = service.latest.url;
  assert.equal(host.flow('hears')?.webhook?.phase, 'registering');
  assert.is((await hosted.deliver('e1', 'early')).status, 503);
  await clock.advance(5_000);
  await until(() => host.flow('hears')?.webhook?.phase === 'on');
  assert.is.not(service.latest.url, first);
  assert.is((await hosted.send(first, '{}')).status, 410);
  await host.turn('hears', false);
  await until(() => host.flow('hears')?.webhook?.phase === 'off');
  await host.turn('hears', true);
  await until(() => host.flow('hears')?.webhook?.phase === 'failed');
  assert.match(host.flow('hears')?.webhook?.reason ?? '', /422/);
  await host.stop();
});

test('a register flow that hangs is given up after a minute, and tried again with another URL', async () => {
  const hosted = hearing();
  const { host, service, clock } = hosted;
  service.answers['register'] = [() => new Promise(() => {})];
  await host.start();
  await host.turn('hears', true);
  await until(() => service.log.length === 1);
  const first = service.latest.url;
  await clock.advance(59_000);
  assert.equal([host.flow('hears')?.webhook?.phase, host.flow('hears')?.webhook?.reason], ['registering', null]);
  await clock.advance(1_000);
  await until(() => host.flow('hears')?.webhook?.reason !== null);
  await clock.advance(5_000);
  await until(() => host.flow('hears')?.webhook?.phase === 'on');
  assert.is.not(service.latest.url, first);
  assert.is((await hosted.send(first, '{}')).status, 410);
  await host.stop();
});

test('a registration without a name for it is none', async () => {
  const { host, service } = hearing();
  service.answers['register'] = [() => null];
  await host.start();
  await host.turn('hears', true);
  await until(() => host.flow('hears')?.webhook?.reason !== null);
  assert.match(host.flow('hears')?.webhook?.reason ?? '', /gave no "registration"/);
  await host.stop();
});

test('a service that is down for a day is told of the end when it is back; what it has forgotten is ended', async () => {
  const { host, service, clock } = hearing();
  await host.start();
  await host.turn('hears', true);
  await until(() => host.flow('hears')?.webhook?.phase === 'on');
  service.answers['deregister'] = [...Array<() => unknown>(200).fill(refusing(503)), refusing(404)];
  await host.turn('hears', false);
  for (let hour = 0; hour < 24; hour += 1) {
    await until(() => host.flow('hears')?.webhook?.reason !== null);
    assert.is(host.flow('hears')?.webhook?.phase, 'deregistering');
    await clock.advance(3_600_000);
  }
  service.answers['deregister'] = [refusing(404)];
  await clock.advance(3_600_000);
  await until(() => host.flow('hears')?.webhook?.phase === 'off');
  await host.stop();
});

test('asked every day whether it is still there, and registered anew where it is not', async () => {
  const hosted = hearing();
  const { host, service, clock } = hosted;
  await host.start();
  await host.turn('hears', true);
  await until(() => host.flow('hears')?.webhook?.phase === 'on');
  const { url } = service.latest;
  await clock.advance(86_400_000);
  await until(() => service.log.length === 2);
  assert.equal([service.log, service.latest.url], [['register', 'exists'], url]);
  service.answers['exists'] = [() => false];
  await until(() => host.flow('hears')?.webhook?.phase === 'on');
  await clock.advance(86_400_000);
  await until(() => service.log.length === 4 && host.flow('hears')?.webhook?.phase === 'on');
  assert.is.not(service.latest.url, url);
  await host.stop();
});

test('a host whose clock was set back by years tries again at once, and then after the usual pause', () =>
  withDirectory(async (dir) => {
    const service = new FakeService();
    const open = async (start: number) => {
      const clock = new ManualClock({ start });
      const events = await eventLog({ dir: join(dir, 'events'), clock });
      const store = await flowStore({ dir: join(dir, 'flows') });
      const hosted = hearing(SIGNED, { service, clock, host: { events, store } });
      await hosted.host.start();
      return { host: hosted.host, clock };
    };
    service.answers['register'] = [refusing(503), refusing(502)];
    const first = await open(START + 10 * 365 * 86_400_000);
    await first.host.turn('hears', true);
    await until(() => first.host.flow('hears')?.webhook?.reason !== null);
    await first.host.stop();
    const { host, clock } = await open(START);
    await clock.advance(1);
    await until(() => host.flow('hears')?.webhook?.reason?.includes('502') === true);
    assert.is(host.flow('hears')?.webhook?.phase, 'registering');
    await clock.advance(10_000);
    await until(() => host.flow('hears')?.webhook?.phase === 'on');
    assert.is(service.log.length, 3);
    await host.stop();
  }));

test('the next host goes on with what the last one had', () =>
  withDirectory(async (dir) => {
    const service = new FakeService();
    const open = async () => {
      const store = await flowStore({ dir: `${dir}/flows` });
      const events = await eventLog({ dir: `${dir}/events` });
      return hearing(undefined, { service, host: { store, events } });
    };
    const first = await open();
    await first.host.start();
    await first.host.turn('hears', true);
    await until(() => first.host.flow('hears')?.webhook?.phase === 'on');
    assert.is((await first.deliver('e1', 'a')).status, 200);
    await first.host.stop();
    const second = await open();
    await second.host.start();
    const answers = [await second.deliver('e1', 'a'), await second.deliver('e2', 'b')];
    assert.equal(
      answers.map(({ status }) => status),
      [200, 200],
    );
    await second.host.stop();
    assert.equal([service.heard, service.log], [['a', 'b'], ['register']]);
  }));

test('a host that was away asks whether its registrations are still there, and one that was hardly away does not', () =>
  withDirectory(async (dir) => {
    const service = new FakeService();
    const clock = new ManualClock({ start: START });
    const begin = async () => {
      const store = await flowStore({ dir: join(dir, 'flows') });
      const events = await eventLog({ dir: join(dir, 'events'), clock });
      const { host } = hearing(SIGNED, { service, clock, host: { store, events } });
      await host.start();
      return host;
    };
    const first = await begin();
    await first.turn('hears', true);
    await until(() => first.flow('hears')?.webhook?.phase === 'on');
    const { url } = service.latest;
    await first.stop();
    await clock.advance(60_000);
    const second = await begin();
    await second.stop();
    assert.equal(service.log, ['register']);
    await clock.advance(600_000);
    const third = await begin();
    await until(() => service.log.length === 2);
    await third.stop();
    assert.equal([service.log, service.latest.url], [['register', 'exists'], url]);
    await clock.advance(600_000);
    service.answers['exists'] = [() => false];
    const fourth = await begin();
    await until(() => service.log.length === 4 && fourth.flow('hears')?.webhook?.phase === 'on');
    assert.is.not(service.latest.url, url);
    await fourth.stop();
  }));

test('a delivery that cannot be kept is sent again, and one whose flow fails is not', async () => {
  const full = hearing(undefined, { host: { events: eventsInMemory({ maxWaitingBytes: 10 }) } });
  await full.host.start();
  await full.host.turn('hears', true);
  await until(() => full.host.flow('hears')?.webhook?.phase === 'on');
  const refused = await full.deliver('e1', 'x');
  assert.equal([refused.status, refused.headers.get('retry-after')], [503, '5']);
  await full.host.stop();
  const hosted = hearing();
  await hosted.host.start();
  await hosted.host.turn('hears', true);
  await until(() => hosted.host.flow('hears')?.webhook?.phase === 'on');
  assert.is((await hosted.deliver('e1', 'fail')).status, 200);
  await until(() => hosted.host.parked.list().length === 1);
  const [parked] = hosted.host.parked.list();
  assert.equal([parked?.flow, parked?.id, parked?.reason], ['hears', 'e1', 'The flow failed.']);
  assert.is(await hosted.host.parked.drop(parked?.number ?? 0), true);
  assert.equal([hosted.host.parked.list(), await hosted.host.parked.replay(1)], [[], false]);
  await hosted.host.stop();
});

test.run();
