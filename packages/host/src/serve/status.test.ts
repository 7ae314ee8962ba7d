/** The page of a host: what it tells, to whom, and what it lets a stranger's text do. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ServedConnector } from '../connectors/snapshots.js';
import { createHandler } from './handler.js';
import { served } from './testing/served.js';

const ADMIN = 'owner-token';
const HOSTILE = '<script>alert(1)</script>"\'><img src=x>';

const DECK = {
  flowdeck: 1,
  flows: [
    { id: 'nightly', type: 'schedule', schedule: { cron: '0 3 * * *' }, cards: [{ card: 'control.comment' }] },
    { id: 'off', name: HOSTILE, type: 'api', cards: [{ card: 'control.comment' }] },
    { id: 'wait', type: 'manual', cards: [{ card: 'control.waitFor', in: { delay: 1, unit: 'hour' } }] },
    { id: 'fails', type: 'manual', cards: [{ card: 'flow.returnError', in: { message: HOSTILE, statusCode: 500 } }] },
  ],
};

function page(adminToken?: string) {
  const { host } = served({}, DECK);
  const handle = createHandler(host, adminToken === undefined ? {} : { adminToken });
  const get = (authorization?: string, method = 'GET') =>
    handle(
      new Request('http://host.test/status', {
        method,
        headers: authorization === undefined ? {} : { authorization },
      }),
    );
  return { host, get };
}

const basic = (pair: string) => `Basic ${btoa(pair)}`;

test('the page tells flows, next moments, runs under way and failures, with pictures', async () => {
  const { host, get } = page(ADMIN);
  await host.turn('nightly', true);
  await host.start();
  host.run('wait', 'hand');
  await host.run('fails', 'hand').ended;
  const answer = await get(basic(`anybody:${ADMIN}`));
  assert.is(answer.status, 200);
  const text = await answer.text();
  assert.match(text, /<h1>4 flows, 1 run under way<\/h1>/);
  assert.match(text, /nightly<\/a><\/td><td>schedule<\/td><td>on<\/td><td>2026-05-02 03:00:00 UTC/);
  assert.match(text, />off<\/a><\/td><td>api<\/td><td>off<\/td>/);
  assert.match(text, />wait<\/a><\/td><td>under way<\/td>/);
  assert.is(text.match(/<svg /g)?.length, 4);
});

test('nothing of what a flow or an error says is obeyed, and nothing is loaded or kept', async () => {
  const { host, get } = page(ADMIN);
  await host.run('fails', 'hand').ended;
  const answer = await get(basic(`:${ADMIN}`));
  const text = await answer.text();
  assert.match(text, /&lt;script&gt;alert/);
  assert.not.match(text, /<script|<img|<link|https?:\/\/(?!www\.w3\.org)/);
  assert.match(text, /default-src &#39;none&#39;; script-src &#39;none&#39;/);
  assert.match(answer.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'.*script-src 'none'/);
  assert.is(answer.headers.get('cache-control'), 'no-store');
});

test('versions of connectors from a store are told: to the owner all of them, to those who watch that one is tested', async () => {
  const { host } = served({}, DECK);
  const acme = { key: 'acme', version: '1.1.0', number: 4, pointer: 'private' } as const;
  let connectors: readonly ServedConnector[] = [];
  const handle = createHandler(host, { adminToken: ADMIN, connectors: () => connectors });
  const ask = async (path: string, authorization: string) =>
    (await handle(new Request(`http://host.test/${path}`, { headers: { authorization } }))).text();
  assert.not.match(await ask('status', basic(`:${ADMIN}`)), /Connectors/);
  connectors = [acme];
  assert.match(await ask('status', basic(`:${ADMIN}`)), /<td>acme<\/td><td>1\.1\.0<\/td><td>4<\/td><td>private<\/td>/);
  assert.equal(JSON.parse(await ask('admin/connectors', `Bearer ${ADMIN}`)), { connectors: [acme] });
  assert.not.match(await ask('admin/connectors', 'Bearer x'), /acme/);
  assert.is(await ask('health', ''), '{"status":"ok"}');
  connectors = [{ ...acme, pointer: 'test' }];
  assert.is(await ask('health', ''), '{"status":"ok","testConnectors":true}');
});

test('nobody but the owner reads it, and nobody at all where /admin is closed', async () => {
  const { get } = page(ADMIN);
  for (const wrong of [
    undefined,
    basic('owner:x'),
    basic(ADMIN),
    `Bearer ${ADMIN}`,
    'Basic %%%',
    basic(`x:${ADMIN} `),
  ]) {
    const answer = await get(wrong);
    assert.equal([answer.status, answer.headers.get('www-authenticate')?.slice(0, 5)], [401, 'Basic'], wrong);
    assert.not.match(await answer.text(), /nightly/);
  }
  assert.is((await get(basic(`x:${ADMIN}`), 'POST')).status, 405);
  assert.is((await page().get(basic('x:'))).status, 404);
});

test.run();
