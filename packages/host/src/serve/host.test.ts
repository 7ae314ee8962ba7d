/** Flows that a host keeps alive: their schedules, their callers, their owner. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { withDirectory } from '../../test/support.js';
import { nodeDisk } from '../log/disk.js';
import { openFlowStore } from './flow-store.js';
import { createHandler } from './handler.js';
import { served } from './testing/served.js';

const HOUR = 3_600_000;
const ADMIN = 'owner-token';
const at = (path: string) => `http://host.test${path}`;

async function api(flow: string) {
  const { host, clock, token } = await served().withToken(flow);
  host.start();
  const handle = createHandler(host, { adminToken: ADMIN, secret: 'of-the-host' });
  const call = (query = '', init: RequestInit = {}) =>
    handle(
      new Request(at(`/run/${flow}${query}`), { ...init, headers: { 'x-api-client-token': token, ...init.headers } }),
    );
  return { host, clock, token, handle, call };
}

const post = (value: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(value) });

test('an API flow reads its inputs from body, headers and query', async () => {
  const { call } = await api('hello');
  const response = await call('?tag=a&tag=b', { ...post({ name: 'Ada' }), headers: { 'X-Lang': 'en' } });
  assert.is(response.status, 200);
  assert.ok(response.headers.get('x-flowdeck-run'));
  assert.equal(await response.json(), { greeting: 'Hello Ada', lang: 'en', tags: ['a', 'b'], raw: '{"name":"Ada"}' });
  const bare = await call('');
  assert.equal(await bare.json(), { greeting: 'Hello nobody', lang: '', tags: [], raw: '' });
  const form = await call('', { method: 'POST', body: new URLSearchParams({ name: 'Grace' }) });
  assert.is(((await form.json()) as { greeting: string }).greeting, 'Hello Grace');
});

test('what ends the flow decides the answer', async () => {
  const plain = await (await api('plain')).call('', post({ n: 41 }));
  assert.equal([plain.status, await plain.json()], [200, { output: 42 }]);
  const raw = await (await api('raw')).call();
  assert.equal([raw.status, raw.headers.get('x-tea'), await raw.text()], [418, 'yes', 'short and stout']);
  const fails = await (await api('fails')).call();
  assert.is(fails.status, 404);
  assert.match(await fails.text(), /No such order.*A1/);
  const breaks = await (await api('breaks')).call();
  assert.is(breaks.status, 500);
});

test('inputs that do not fit are the fault of the caller', async () => {
  const { call } = await api('plain');
  for (const [init, code] of [
    [post({}), 'missing-input'],
    [post({ n: 'many' }), 'invalid-input'],
    [{ method: 'POST', body: '{"n":' }, 'request-body'],
    [{ method: 'POST', body: '[1]' }, 'request-body'],
    [{ method: 'POST', body: new Uint8Array([0x7b, 0xff]) }, 'request-body'],
    [{ method: 'POST', body: 'n', headers: { 'content-type': 'text/csv' } }, 'request-body'],
  ] as const) {
    const response = await call('', init);
    assert.equal([response.status, ((await response.json()) as { code: string }).code], [400, code]);
  }
});

test('only the token of a flow that is on lets a caller in', async () => {
  const { host, token, handle } = await api('plain');
  const asks = (path: string, headers: Record<string, string> = {}) => handle(new Request(at(path), { headers }));
  const nowhere = await asks('/run/nowhere', { 'x-api-client-token': token });
  const wrong = await asks('/run/plain', { 'x-api-client-token': `${token}x` });
  assert.equal([nowhere.status, wrong.status], [401, 401]);
  assert.is(await nowhere.text(), await wrong.text(), 'both are answered alike');
  assert.is((await asks('/run/plain')).status, 401);
  assert.is((await asks('/run/greet', { 'x-api-client-token': '' })).status, 401, 'a helper has no callers');
  assert.is((await asks(`/run/plain?n=1&clientToken=${token}`)).status, 400, 'it is let in, and its input is missing');
  assert.is((await asks('/run/plain', { authorization: `Bearer ${token}` })).status, 400);
  const put = await handle(new Request(at('/run/plain'), { method: 'PUT', headers: { 'x-api-client-token': token } }));
  assert.equal([put.status, put.headers.get('allow')], [405, 'GET, POST']);
  await host.turn('plain', false);
  assert.is((await asks('/run/plain', { 'x-api-client-token': token })).status, 410);
  assert.is((await host.turn('plain', true)).token, token, 'a token outlives the flow being off');
});

test('a body beyond the limit is not taken', async () => {
  const { host, token } = await served().withToken('plain');
  const handle = createHandler(host, { maxBodyBytes: 10 });
  const response = await handle(
    new Request(at('/run/plain'), { method: 'POST', body: 'x'.repeat(11), headers: { 'x-api-client-token': token } }),
  );
  assert.is(response.status, 413);
});

test('a paused run answers at once, and goes on at an address that cannot be guessed', async () => {
  const { host, call, handle } = await api('asks');
  const response = await call();
  const { runId, message } = (await response.json()) as { runId: string; message: string };
  assert.is(message, 'Waiting');
  assert.is(host.findRun(runId)?.status, null);
  const location = response.headers.get('location') ?? '';
  const go = (address: string) => handle(new Request(at(address), { method: 'POST', body: '{}' }));
  assert.is((await go(location.replace('proof=', 'proof=x'))).status, 401);
  assert.is((await handle(new Request(at(location)))).status, 405, 'whoever only looks changes nothing');
  assert.is((await go(location)).status, 202);
  await host.clock.yield();
  assert.is(host.findRun(runId)?.status, 'success');
  assert.is((await go(location)).status, 410);
});

test('a flow that answers with a Location of its own keeps it', async () => {
  const headers = { value: { location: '/orders/17' } };
  const cards = [{ card: 'flow.close', in: { statusCode: 200, headers } }, { card: 'control.pause' }];
  const { host } = served({}, { flowdeck: 1, id: 'own', type: 'api', access: { by: 'open' }, cards });
  await host.turn('own', true);
  await host.start();
  const response = await createHandler(host)(new Request(at('/run/own'), { method: 'POST' }));
  assert.is(response.headers.get('location'), '/orders/17');
});

test('a schedule runs while it is on', async () => {
  const { host, clock } = served();
  host.start();
  await clock.advance(2 * HOUR);
  assert.equal(host.runs(), [], 'flows begin off');
  await host.turn('hourly', true);
  assert.is(new Date(host.flow('hourly')?.next ?? 0).toISOString(), '2026-05-01T14:00:00.000Z');
  await clock.advance(2 * HOUR);
  assert.equal(
    host.runs('hourly').map(({ trigger, status }) => [trigger, status]),
    [
      ['schedule', 'success'],
      ['schedule', 'success'],
    ],
  );
  await host.turn('hourly', false);
  await clock.advance(2 * HOUR);
  assert.is(host.runs('hourly').length, 2);
  await host.stop();
});

test('a run that is still under way makes the next moment wait, and a third is left out', async () => {
  const { host, clock } = served();
  host.start();
  await host.turn('slow', true);
  await clock.advance(31 * 60_000);
  assert.is(host.runs('slow').length, 1);
  await clock.advance(HOUR);
  assert.is(host.runs('slow').length, 1, 'the second waits');
  await clock.advance(HOUR / 2);
  assert.equal(
    host.runs('slow').map(({ status }) => status),
    [null, 'success'],
  );
});

test('all moments that were missed run one after the other', () =>
  withDirectory(async (dir) => {
    const first = served({ store: await openFlowStore({ dir }, nodeDisk) });
    first.host.start();
    await first.host.turn('each', true);
    await first.host.stop();
    const second = served({ store: await openFlowStore({ dir }, nodeDisk) });
    await second.clock.advance(3 * HOUR);
    second.host.start();
    const ended = () => second.host.runs('each').filter(({ status }) => status === 'success').length;
    for (let turns = 0; ended() < 3 && turns < 200_000; turns++) {
      // A run waits a second; the next one begins when its moment is on the disk, which takes real time.
      if (second.host.runs('each').some(({ status }) => status === null)) await second.clock.advance(1_000);
      else await new Promise<void>((resolve) => setImmediate(resolve));
    }
    assert.ok(second.clock.now() < Date.parse('2026-05-01T14:31:00Z'), 'none of them is of a later hour');
    await second.host.stop();
    assert.is(second.host.runs('each').length, 3);
  }));

test('a moment that waited when the host stopped is one that the next host missed', () =>
  withDirectory(async (dir) => {
    const warnings: string[] = [];
    const onWarning = ({ message }: { readonly message: string }) => warnings.push(message);
    const first = served({ store: await openFlowStore({ dir }, nodeDisk), onWarning });
    first.host.start();
    await first.host.turn('slow', true);
    await first.clock.advance(HOUR / 2);
    while (first.host.runs('slow').length === 0) await new Promise<void>((resolve) => setImmediate(resolve));
    await first.clock.advance(HOUR);
    const stopped = first.host.stop(0);
    await first.clock.advance(1);
    await stopped;
    await first.clock.yield();
    assert.equal(warnings, [], 'nothing was begun in vain');
    assert.equal(
      first.host.runs('slow').map(({ status }) => status),
      ['cancelled'],
    );
    const second = served({ store: await openFlowStore({ dir }, nodeDisk) });
    await second.clock.advance(HOUR + HOUR * 0.75);
    second.host.start();
    const ending = second.host.stop(0);
    await second.clock.advance(1);
    await ending;
    assert.is(second.host.runs('slow').length, 1, 'the moment of 13:00');
  }));

test('states and moments survive the process', () =>
  withDirectory(async (dir) => {
    const first = served({ store: await openFlowStore({ dir }, nodeDisk) });
    first.host.start();
    await first.host.turn('hourly', true);
    const { token } = await first.host.turn('plain', true);
    await first.host.stop();

    const second = served({ store: await openFlowStore({ dir }, nodeDisk) });
    await second.clock.advance(3 * HOUR);
    second.host.start();
    await second.host.stop();
    assert.is(second.host.runs('hourly').length, 1, 'three moments passed, the latest is run');
    assert.equal(second.host.flow('plain')?.token, token);

    const third = served({ store: await openFlowStore({ dir }, nodeDisk) });
    await third.clock.advance(3 * HOUR);
    third.host.start();
    await third.host.stop();
    assert.is(third.host.runs('hourly').length, 0, 'it is not run twice');
  }));

test('the log of states is written anew when most of it is void', () =>
  withDirectory(async (dir) => {
    const store = await openFlowStore({ dir }, nodeDisk, 1_000);
    for (let since = 0; since < 1_500; since++) await store.set('f', { on: true, token: null, since });
    await store.close();
    const { readdirSync } = await import('node:fs');
    assert.ok(readdirSync(dir).length < 60, `${readdirSync(dir).length} files`);
    const again = await openFlowStore({ dir }, nodeDisk);
    assert.is(again.get('f')?.since, 1_499);
    await again.close();
  }));

test('the owner turns flows, runs them, and sees what became of it', async () => {
  const { host, clock } = served();
  host.start();
  const handle = createHandler(host, { adminToken: ADMIN });
  const ask = async (method: string, path: string, body?: unknown, token = ADMIN) => {
    const response = await handle(
      new Request(at(`/admin/${path}`), {
        method,
        headers: { authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    // What a test reads of it, it compares.
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  assert.is((await ask('GET', 'flows', undefined, 'guess')).status, 401);
  assert.is((await createHandler(host)(new Request(at('/admin/flows')))).status, 401, 'without a token it is closed');
  assert.is(((await ask('GET', 'flows')).body.flows as unknown[]).length, 11);
  assert.match((await ask('POST', 'flows/hourly/on')).body.next as string, /12:00/);
  assert.is((await ask('POST', 'flows/greet/on')).status, 409);
  assert.is((await ask('POST', 'flows/nowhere/on')).status, 404);
  assert.is((await ask('POST', 'flows/greet/run', {})).status, 400, 'an input is missing');
  const done = await ask('POST', 'flows/greet/run?wait=true', { inputs: { name: 'Ada' } });
  assert.equal(done.body.outputs, { hi: 'Ada' });
  const { runId } = (await ask('POST', 'flows/wait/run')).body;
  assert.is((await ask('GET', `runs/${runId}`)).body.status, null);
  assert.is((await ask('POST', `runs/${runId}/cancel`)).status, 202);
  await clock.yield();
  assert.is((await ask('GET', `runs/${runId}`)).body.status, 'cancelled');
  assert.is((await ask('POST', `runs/${runId}/cancel`)).status, 409);
  assert.is((await ask('GET', 'runs/none')).status, 404);
  assert.is((await ask('GET', '__proto__')).status, 404);
  assert.is(((await ask('GET', 'runs?flow=greet')).body.runs as unknown[]).length, 1);
});

test('a host that is stopped takes nothing more, and cancels what does not end', async () => {
  const { host, clock } = served();
  host.start();
  const handle = createHandler(host);
  assert.is((await handle(new Request(at('/ready')))).status, 200);
  const { runId } = host.run('wait', 'hand');
  const stopped = host.stop(5_000);
  assert.is((await handle(new Request(at('/ready')))).status, 503);
  await clock.advance(5_000);
  await stopped;
  assert.is(host.findRun(runId)?.status, 'cancelled');
  assert.is((await handle(new Request(at('/health')))).status, 200);
});

test.run();
