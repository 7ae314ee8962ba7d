/** Live connections: renewed before their tokens end, once after a 401, once for all who wait; and who only can be helped by a login. */
import {
  type Connection,
  ConnectionError,
  type ConnectionExchange,
  HttpError,
  type HttpRequest,
} from '@flowdeck/engine';
import type { ConnectorDocument } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TokenServer } from '../testing/token-server.js';
import { liveConnections } from './live.js';
import { memoryConnections } from './memory.js';
import type { StoredConnection } from './types.js';

const OAUTH = {
  grant: 'authorizationCode',
  authorizeUrl: 'https://as.example/auth',
  tokenUrl: 'https://as.example/token',
} as const;
const MANIFEST: ConnectorDocument = {
  key: 'acme',
  name: 'Acme',
  version: '1.0.0',
  auth: [
    { key: 'code', type: 'oauth2', oauth: OAUTH },
    { key: 'client', type: 'oauth2', oauth: { ...OAUTH, grant: 'clientCredentials', scopes: ['read', 'write'] } },
    { key: 'password', type: 'basic' },
  ],
  flows: {},
};
const NOW = 1_700_000_000_000;

function stored(more: Partial<StoredConnection> = {}): StoredConnection {
  return {
    name: 'mine',
    connector: 'acme',
    auth: {
      client_id: 'client',
      client_secret: 'client-secret',
      access_token: 'access-0-of-this-server',
      refresh_token: 'refresh-0-of-this-server',
    },
    state: 'ready',
    reason: null,
    expiresAt: NOW + 3_600_000,
    renewingSince: null,
    createdAt: NOW,
    changedAt: NOW,
    ...more,
  };
}

/** A world with one connection, and a flow that asks with a header which it made before. */
function world(connection = stored(), server = new TokenServer()) {
  let now = NOW;
  const store = memoryConnections([connection]);
  const manifest = (key: string) => (key === 'acme' ? MANIFEST : null);
  const open = () => liveConnections({ store, http: server, clock: { now: () => now }, manifest });
  const live = open();
  const renewed: Connection[] = [];
  const origin = {} as ConnectionExchange['origin']; // nothing here asks who it is
  const send = (request: HttpRequest) => server.request(request);
  const ask = (token: string, connections = live) =>
    connections.exchange({
      name: 'mine',
      request: { method: 'GET', url: 'https://api.example/', headers: { Authorization: `Bearer ${token}` } },
      origin,
      send,
      renewed: (each) => void renewed.push(each),
    });
  const pass = (ms: number) => {
    now += ms;
  };
  return { server, store, live, open, ask, renewed, pass };
}

async function refusal(promise: Promise<unknown>): Promise<ConnectionError> {
  try {
    await promise;
  } catch (error) {
    assert.instance(error, ConnectionError);
    return error as ConnectionError; // just asserted
  }
  throw new Error('Nothing was refused.');
}

test('a token with time left is used as it is, and the same object says that nothing has changed', async () => {
  const { live, server } = world();
  assert.is(await live.get('mine'), await live.get('mine'));
  assert.equal(server.asked, []);
  assert.is(await live.get('other'), null);
  assert.is(await live.get('../mine'), null, 'a name that is none leads nowhere');
});

test('a token that is about to end is renewed first, and a header that was made before goes out with the new one', async () => {
  const { server, ask, pass, live, store, renewed } = world();
  await live.get('mine');
  pass(3_300_000);
  const { status } = await ask('access-0-of-this-server');
  assert.equal([status, server.served], [200, ['Bearer access-1-of-this-server']]);
  assert.is(renewed.at(-1)?.auth['access_token'], 'access-1-of-this-server');
  const kept = await store.read('mine');
  assert.equal([kept?.auth['refresh_token'], kept?.renewingSince], ['refresh-1-of-this-server', null]);
  assert.is(kept?.expiresAt, NOW + 3_300_000 + 3_600_000);
  assert.is(server.asked.length, 1);
});

test('a token that lives shorter than the margin is used for half of its life', async () => {
  const { live, pass, server } = world(stored({ expiresAt: NOW + 20_000 }));
  pass(9_000);
  await live.get('mine');
  assert.is(server.asked.length, 0);
  pass(2_000);
  await live.get('mine');
  assert.is(server.asked.length, 1);
});

test('a 401 renews once, and the request goes out again once', async () => {
  const { server, ask } = world();
  const { status } = await ask('access-0-of-this-server');
  assert.is(status, 200);
  assert.equal(server.served, ['Bearer access-0-of-this-server', 'Bearer access-1-of-this-server']);
  server.valid.clear();
  server.instead = () => ({
    status: 200,
    body: JSON.stringify({ access_token: 'access-x-of-nobody', token_type: 'bearer' }),
  });
  assert.is((await ask('access-0-of-this-server')).status, 401);
  assert.is(server.asked.length, 2, 'a new token that is refused is not renewed at once');
});

test('200 runs at once make one refresh, in one process and in several', async () => {
  const { server, ask, open } = world();
  const processes = [open(), open(), open(), open()];
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) => ask('access-0-of-this-server', processes[index % 4])),
  );
  assert.equal([...new Set(answers.map(({ status }) => status))], [200]);
  assert.equal([server.asked.length, server.dead], [1, false]);
});

test('the server says no for good: needs login, nothing is deleted, and nobody asks again', async () => {
  const { server, ask, live, store } = world();
  server.dead = true;
  assert.is((await ask('access-0-of-this-server')).status, 401, "the service's own answer");
  const error = await refusal(ask('access-0-of-this-server'));
  assert.is(error.code, 'connection-needs-login');
  assert.match(`${error.message} ${error.hint}`, /invalid_grant: reuse.*flowdeck connection login mine/);
  assert.is((await refusal(live.get('mine'))).code, 'connection-needs-login');
  assert.is(server.asked.length, 1);
  assert.is((await store.read('mine'))?.auth['refresh_token'], 'refresh-0-of-this-server');
});

for (const [name, answer] of [
  ['a gateway in HTML', { status: 502, body: '<html>' }],
  ['200 without a token', { status: 200, body: '<html>' }],
  ['too many', { status: 429, body: '{"error":"slow_down"}', headers: { 'retry-after': '30' } }],
] as const) {
  test(`${name}: nobody can tell, so the old token is kept and it is tried again later`, async () => {
    const { server, live, pass, store } = world(stored({ expiresAt: NOW + 50_000, changedAt: NOW - 3_000_000 }));
    server.instead = () => answer;
    assert.is((await live.get('mine'))?.auth['access_token'], 'access-0-of-this-server', 'it has time left');
    await live.get('mine');
    assert.is(server.asked.length, 1, 'not at once');
    pass(51_000);
    assert.is((await refusal(live.get('mine'))).code, 'connection-unsettled');
    assert.is((await store.read('mine'))?.state, 'ready');
    server.instead = null;
    pass(60_000);
    assert.is((await live.get('mine'))?.auth['access_token'], 'access-1-of-this-server');
  });
}

test('a 401 while nobody can say whether there is another token is no answer: it is said that none can be had now', async () => {
  const { server, ask, store } = world();
  server.valid.clear();
  server.instead = () => ({ status: 502, body: '<html>' });
  assert.is((await refusal(ask('access-0-of-this-server'))).code, 'connection-unsettled');
  assert.is((await store.read('mine'))?.state, 'ready');
});

test('a client that the server does not take is said to be set up wrongly, once', async () => {
  const { server, live, pass } = world(stored({ expiresAt: NOW }));
  server.instead = () => ({
    status: 401,
    body: '{"error":"invalid_client"}',
    headers: { 'www-authenticate': 'Basic' },
  });
  for (const _ of [1, 2]) assert.is((await refusal(live.get('mine'))).code, 'connection-oauth');
  assert.is(server.asked.length, 1);
  pass(10_000);
  server.instead = null;
  assert.ok(await live.get('mine'));
});

test('errors that come with status 200 are errors', async () => {
  const { server, live } = world(stored({ expiresAt: NOW }));
  server.instead = () => ({ status: 200, body: '{"error":"bad_refresh_token"}' });
  assert.is((await refusal(live.get('mine'))).code, 'connection-needs-login');
});

test('a process that died while it renewed: the next one tries the old token once, then says needs login', async () => {
  const begun = stored({ expiresAt: NOW, renewingSince: NOW - 1 });
  const lucky = world(begun);
  assert.is((await lucky.live.get('mine'))?.auth['access_token'], 'access-1-of-this-server');
  const rotated = world(begun, new TokenServer('refresh-7-of-this-server'));
  assert.is((await refusal(rotated.live.get('mine'))).code, 'connection-needs-login');
  assert.is(rotated.server.asked.length, 1);
});

test('client credentials: a token is got without a login, with the scopes and without a refresh token', async () => {
  const auth = { client_id: 'client', client_secret: 'client-secret' };
  const { live, server } = world(stored({ method: 'client', auth, expiresAt: null }));
  assert.is((await live.get('mine'))?.auth['access_token'], 'access-1-of-this-server');
  assert.equal(server.asked, [{ grant_type: 'client_credentials', scope: 'read write' }]);
  assert.is(server.headers[0]?.['authorization'], `Basic ${btoa('client:client%2Dsecret')}`);
});

test('a password that was changed in the store reaches a request that was made with the old one', async () => {
  const before = stored({ method: 'password', auth: { username: 'ada', password: 'old-password' }, expiresAt: null });
  const { live, store, server } = world(before);
  await live.get('mine');
  await store.write({ ...before, auth: { username: 'ada', password: 'new-password' } });
  const sent: string[] = [];
  await live.exchange({
    name: 'mine',
    request: {
      method: 'GET',
      url: 'https://api.example/',
      headers: { authorization: `Basic ${btoa('ada:old-password')}` },
    },
    origin: {} as ConnectionExchange['origin'], // nothing here asks who it is
    send: (request) => {
      sent.push(request.headers['authorization'] ?? '');
      return server.request(request);
    },
    renewed: () => undefined,
  });
  assert.equal(sent, [`Basic ${btoa('ada:new-password')}`], 'and a 401 of Basic is no reason to ask again');
});

test('a connection of a connector that is not known here is used as it is', async () => {
  const { live, server } = world(stored({ connector: 'other', expiresAt: NOW }));
  assert.is((await live.get('mine'))?.auth['access_token'], 'access-0-of-this-server');
  assert.equal(server.asked, []);
});

test('a token endpoint that hangs is given up by a deadline, the connection says so, and the lock is free for the next one', async () => {
  const server = new TokenServer();
  const { store } = world(stored({ expiresAt: NOW - 1 }), server);
  const http = {
    hangs: true,
    // A port gives up when it is told to; without that nobody would.
    request: (request: HttpRequest) =>
      !http.hangs
        ? server.request(request)
        : new Promise<never>((_, reject) => {
            if ((request.timeoutMs ?? Number.POSITIVE_INFINITY) > 60_000) return;
            reject(new HttpError<'http-timeout'>('http-timeout', 'The exchange took too long.'));
          }),
  };
  let now = NOW;
  const manifest = () => MANIFEST;
  const live = liveConnections({ store, http, clock: { now: () => now }, manifest });
  const error = await refusal(live.get('mine'));
  assert.is(error.code, 'connection-unsettled');
  assert.match(error.message, /too long/);
  http.hangs = false;
  now += 60_000;
  assert.is((await live.get('mine'))?.auth['access_token'], 'access-1-of-this-server');
});

test.run();
