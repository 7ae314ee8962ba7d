/** What those who watch a host are told: everything that happens, as plain data, and no secret. */
import { liveConnections, memoryConnections } from '@flowdeck/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../../test/support.js';
import { createHandler } from '../serve/handler.js';
import { served } from '../serve/testing/served.js';
import { FakeService, hearing, SIGNED, START } from '../webhook/testing/service.js';
import type { HostNotice } from './types.js';
import { Watch } from './watch.js';

/** A host whose flow hears, and all that it told. */
async function watchedHost() {
  const notices: HostNotice[] = [];
  const service = new FakeService();
  const host = { onNotice: (notice: HostNotice) => void notices.push(notice) };
  const hosted = hearing(SIGNED, { service, host, handler: { maxBodyBytes: 100 } });
  await hosted.host.start();
  await hosted.host.turn('hears', true);
  await until(() => hosted.host.flows()[0]?.webhook?.phase === 'on');
  const of = <W extends HostNotice['what']>(what: W) =>
    notices.filter((notice): notice is Extract<HostNotice, { what: W }> => notice.what === what);
  return { ...hosted, deliver: hosted.deliver.bind(hosted), service, notices, of };
}

test('a delivery is told with its answer, its id and its run, and so is the run', async () => {
  const { host, deliver, of } = await watchedHost();
  await deliver('e1', 'hello');
  await deliver('e1', 'hello');
  await deliver('e1', 'other');
  await until(() => of('run').some(({ phase }) => phase === 'ended'));
  const [first, ...rest] = of('delivery');
  const [began, ended] = of('run');
  assert.equal(
    [first, ...rest].map((notice) => [notice?.outcome, notice?.status, notice?.flow, notice?.delivery, notice?.level]),
    [
      ['accepted', 200, 'hears', 'e1', 'info'],
      ['repeated', 200, 'hears', 'e1', 'info'],
      ['conflict', 409, 'hears', 'e1', 'warn'],
    ],
  );
  assert.ok(first !== undefined && first.durationMs >= 0 && first.at === START);
  assert.equal([began?.phase, began?.run, began?.delivery, began?.level], ['began', first?.run, 'e1', 'debug']);
  assert.equal([ended?.status, ended?.trigger, ended?.run, ended?.reason], ['success', 'event', first?.run, null]);
  await host.stop();
  assert.equal(
    of('host').map(({ phase, flows }) => [phase, flows]),
    [
      ['started', 1],
      ['stopping', 1],
      ['stopped', 1],
    ],
  );
});

test('what is refused is told with a reason, and what fails and is parked, too', async () => {
  const { host, service, send, deliver, of } = await watchedHost();
  const { url } = service.latest;
  await send(url, 'forged');
  await send(url, 'x'.repeat(101));
  await send(url, '', {}, 'DELETE');
  await deliver('bad', 'fail');
  await until(() => of('parked').length === 1);
  assert.equal(
    of('delivery').map(({ outcome, status, reason, level }) => [outcome, status, reason, level]),
    [
      ['refused', 401, 'The delivery is not proven.', 'warn'],
      ['refused', 413, 'Its body is too long.', 'warn'],
      ['refused', 405, 'Its method is not declared.', 'warn'],
      ['accepted', 200, null, 'info'],
    ],
  );
  const [ended] = of('run').filter(({ phase }) => phase === 'ended');
  assert.equal([ended?.status, ended?.level], ['error', 'warn']);
  assert.match(ended?.reason ?? '', /The flow failed/);
  const [parked] = of('parked');
  assert.equal([parked?.flow, parked?.delivery, parked?.run], ['hears', 'bad', ended?.run]);
  await host.turn('hears', false);
  await until(() => host.flows()[0]?.webhook?.phase === 'off');
  await send(url, 'late');
  assert.equal(of('delivery').at(-1)?.reason, 'Its registration has ended.');
  assert.equal(
    of('flow').map(({ flow, on }) => [flow, on]),
    [
      ['hears', true],
      ['hears', false],
    ],
  );
  assert.equal(of('webhook').at(-1)?.phase, 'off');
  await host.stop();
});

test('no notice holds a secret: not the address of an event, although its service repeats it, nor what it signs with', async () => {
  const { host, service, deliver, notices, of } = await watchedHost();
  const { url, secret } = service.latest;
  const token = url.slice(url.lastIndexOf('/') + 1);
  service.answers['deregister'] = [
    () => {
      throw new Error(`${url} is busy`);
    },
  ];
  await deliver('e1', 'hello');
  await host.turn('hears', false);
  await until(() => of('webhook').some(({ reason }) => reason !== null));
  await host.stop();
  const all = JSON.stringify(notices);
  assert.match(all, /hook\/… is busy/);
  assert.not.ok(all.includes(token), 'the address');
  assert.not.ok(all.includes(secret), 'the secret');
  assert.ok(JSON.stringify(service.asked).includes(token), 'the test knows both');
});

test('calls that start no run are told by their status, and schedules by their moments', async () => {
  const notices: HostNotice[] = [];
  const { host, clock } = served({ onNotice: (notice) => void notices.push(notice) });
  const { token } = await host.turn('plain', true);
  await host.turn('slow', true);
  await host.turn('hourly', true);
  await host.start();
  const handle = createHandler(host);
  const call = (query: string) => handle(new Request(`http://host.test/run/plain?${query}`));
  await call('clientToken=guessed');
  await call(`clientToken=${token}`);
  assert.equal(
    notices.flatMap((notice) => (notice.what === 'call' ? [[notice.flow, notice.status, notice.level]] : [])),
    [
      ['plain', 401, 'warn'],
      ['plain', 400, 'warn'],
    ],
  );
  assert.not.ok(JSON.stringify(notices).includes(String(token)));
  for (let hour = 0; hour < 6; hour += 1) await clock.advance(3_600_000);
  const moments = notices.flatMap((notice) => (notice.what === 'moment' ? [notice] : []));
  assert.equal(
    moments.filter(({ flow }) => flow === 'hourly').map(({ scheduledFor, outcome }) => [scheduledFor, outcome]),
    ['12', '13', '14', '15', '16', '17'].map((hour) => [`2026-05-01T${hour}:00:00.000Z`, 'begun']),
  );
  // It takes ninety minutes, and one waits.
  const slow = moments.filter(({ flow }) => flow === 'slow').map(({ outcome }) => outcome);
  assert.ok(slow.includes('begun') && slow.includes('left-out'), slow.join());
  const stopped = host.stop(0);
  await clock.advance(1);
  await stopped;
});

test('a renewal of a connection is told, and by name alone', async () => {
  const notices: HostNotice[] = [];
  const connection = {
    ...{
      name: 'acme',
      connector: 'acme',
      state: 'ready' as const,
      reason: null,
      renewingSince: null,
      changedAt: 0,
      createdAt: 0,
    },
    ...{ expiresAt: 1, auth: { access_token: 'old-token', refresh_token: 'secret-refresh' } },
    config: { client_id: 'c', client_secret: 'secret-client' },
  } as const;
  const store = memoryConnections();
  await store.write(connection);
  const grant = { grant: 'authorizationCode', tokenUrl: 'https://acme.example/token' };
  const manifest = { key: 'acme', name: 'Acme', version: '1.0.0', auth: { type: 'oauth', oauth: grant } };
  const answers = [
    { status: 503, body: '' },
    { status: 200, body: '{"access_token":"new-token","token_type":"bearer","expires_in":3600}' },
  ];
  const http = {
    async request({ url }: { readonly url: string }) {
      const { status, body } = answers.shift() ?? { status: 400, body: '' };
      const headers = { 'content-type': 'application/json' };
      return { status, statusText: '', headers, body: new TextEncoder().encode(body), url };
    },
  };
  let now = START;
  const live = liveConnections({ store, http, clock: { now: () => now }, manifest: () => manifest as never });
  const { host } = served({ connections: live, onNotice: (notice) => void notices.push(notice) });
  await live.get('acme').catch(() => {});
  now += 60_000;
  await live.get('acme');
  assert.equal(
    notices.flatMap((notice) => (notice.what === 'renewal' ? [[notice.connection, notice.outcome]] : [])),
    [
      ['acme', 'unsettled'],
      ['acme', 'renewed'],
    ],
  );
  assert.not.match(JSON.stringify(notices), /old-token|new-token|secret-/);
  await host.stop();
});

test('who watches and throws stops nothing, and a text is no longer than a line may be', () => {
  const told: HostNotice[] = [];
  const faulty = () => {
    throw new Error('The disk of the log is full.');
  };
  const watch = new Watch({ now: () => 1 }, [faulty, (notice) => void told.push(notice)]);
  watch.tell('warn', { what: 'call', flow: 'x'.repeat(10_000), status: 404 });
  assert.is(told.length, 1);
  assert.ok(JSON.stringify(told).length < 1_200);
});

test.run();
