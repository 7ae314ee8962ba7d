/** Who may call an API flow: its token, nobody's, an access token of an authorization server; each let in and kept out. */
import type { HttpPort } from '@flowdeck/engine';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createHandler } from '../handler.js';
import { served } from '../testing/served.js';

const ISSUER = 'https://login.example.test/tenant';
const OAUTH = { by: 'oauth', issuer: ISSUER, audience: 'flows', scopes: ['orders.read'] };

const DECK = {
  flowdeck: 1,
  flows: [
    { id: 'free', type: 'api', access: { by: 'open' }, cards: [{ card: 'flow.return', in: { ok: true } }] },
    { id: 'guarded', type: 'api', access: OAUTH, cards: [{ card: 'flow.return', in: { ok: true } }] },
    { id: 'secret', type: 'api', access: { by: 'token' }, cards: [{ card: 'flow.return', in: { ok: true } }] },
  ],
};

/** An authorization server as the host reaches it: its metadata and its keys. */
async function issuer(change: Readonly<Record<string, unknown>> = {}) {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  const answers: Record<string, unknown> = {
    [`${ISSUER}/.well-known/openid-configuration`]: { issuer: ISSUER, jwks_uri: `${ISSUER}/keys` },
    [`${ISSUER}/keys`]: { keys: [key] },
    ...change,
  };
  const asked: string[] = [];
  const http: HttpPort = {
    async request({ url }) {
      asked.push(url);
      const found = answers[url];
      const body = new TextEncoder().encode(typeof found === 'string' ? found : JSON.stringify(found ?? {}));
      return { status: found === undefined ? 404 : 200, statusText: '', headers: {}, body, url };
    },
  };
  const sign = (claims: Readonly<Record<string, unknown>> = {}, signer = privateKey) =>
    new SignJWT({ iss: ISSUER, aud: 'flows', sub: 'ada', scope: 'orders.read', exp: at('12:00'), ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'at+jwt' })
      .sign(signer);
  return { http, asked, answers, sign };
}

/** Seconds since 1970 of a time of the day on which the host runs; it is 11:30 there. */
function at(time: string): number {
  return Date.parse(`2026-05-01T${time}:00Z`) / 1000;
}

async function host(http?: HttpPort) {
  const { host } = served({}, DECK);
  for (const { id } of DECK.flows) await host.turn(id, true);
  host.start();
  const handle = createHandler(host, http === undefined ? {} : { http });
  const call = (flow: string, token?: string, method = 'POST') =>
    handle(
      new Request(`http://host.test/run/${flow}`, {
        method,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      }),
    );
  return { host, call };
}

test('an open flow asks for nothing, and is closed while it is off', async () => {
  const { host: hosted, call } = await host();
  assert.is((await call('free')).status, 200);
  assert.is(hosted.flow('free')?.token, null, 'it has no token that could leak');
  assert.is((await call('free', undefined, 'DELETE')).status, 405);
  await hosted.turn('free', false);
  assert.is((await call('free')).status, 410);
});

test('a flow with a token is called with it, and with nothing else', async () => {
  const { host: hosted, call } = await host();
  assert.is((await call('secret', hosted.flow('secret')?.token ?? '')).status, 200);
  for (const wrong of [undefined, 'x', `${hosted.flow('secret')?.token}x`]) {
    assert.is((await call('secret', wrong)).status, 401);
  }
});

test('an access token of the issuer lets in, and its keys are asked for once', async () => {
  const { http, sign, asked } = await issuer();
  const { call, host: hosted } = await host(http);
  for (let n = 0; n < 3; n++) assert.is((await call('guarded', await sign())).status, 200);
  assert.equal(asked, [`${ISSUER}/.well-known/openid-configuration`, `${ISSUER}/keys`]);
  assert.is((await call('guarded', await sign({ scope: undefined, scp: ['orders.read', 'more'] }))).status, 200);
  await hosted.turn('guarded', false);
  assert.is((await call('guarded', await sign())).status, 410);
});

test('an access token that is not good is refused, and why is told', async () => {
  const { http, sign } = await issuer();
  const other = await generateKeyPair('ES256');
  const { call } = await host(http);
  for (const [token, status, said] of [
    [undefined, 401, /^Bearer$/],
    ['not.a.jwt', 401, /invalid_token/],
    [await sign({ exp: at('11:28') }), 401, /invalid_token/],
    [await sign({ nbf: at('11:32') }), 401, /invalid_token/],
    [await sign({ iss: 'https://evil.example.test' }), 401, /invalid_token/],
    [await sign({ aud: 'another' }), 401, /invalid_token/],
    [await sign({ exp: undefined }), 401, /invalid_token/],
    [await sign({}, other.privateKey), 401, /invalid_token/],
    [`${btoa('{"alg":"none"}').replace(/=/g, '')}.${btoa('{}').replace(/=/g, '')}.`, 401, /invalid_token/],
    [await sign({ scope: 'orders' }), 403, /insufficient_scope", scope="orders\.read"/],
  ] as const) {
    const answer = await call('guarded', token);
    assert.is(answer.status, status, token);
    assert.match(answer.headers.get('www-authenticate') ?? '', said);
    assert.not.match(await answer.text(), /"ok"/);
  }
});

test('clocks may differ by a minute', async () => {
  const { http, sign } = await issuer();
  const { call } = await host(http);
  assert.is((await call('guarded', await sign({ exp: at('11:30') - 30 }))).status, 200);
});

test('keys that cannot be had are not the fault of the caller, and are asked for again', async () => {
  const { http, answers, sign } = await issuer();
  const keys = answers[`${ISSUER}/.well-known/openid-configuration`];
  const { call } = await host(http);
  for (const metadata of [
    undefined,
    '<html>',
    { issuer: 'https://evil.example.test', jwks_uri: `${ISSUER}/keys` },
    {},
  ]) {
    answers[`${ISSUER}/.well-known/openid-configuration`] = metadata;
    const answer = await call('guarded', await sign());
    assert.equal([answer.status, answer.headers.get('retry-after')], [503, '5']);
  }
  answers[`${ISSUER}/.well-known/openid-configuration`] = keys;
  assert.is((await call('guarded', await sign())).status, 200);
  const without = await host();
  assert.is((await without.call('guarded', await sign())).status, 503, 'a host without a way out');
});

test('keys stand where the flow says, or where RFC 8414 says', async () => {
  const rfc = 'https://login.example.test/.well-known/oauth-authorization-server/tenant';
  const { http, sign, asked } = await issuer({
    [`${ISSUER}/.well-known/openid-configuration`]: undefined,
    [rfc]: { issuer: ISSUER, jwks_uri: `${ISSUER}/keys` },
  });
  const { call } = await host(http);
  assert.is((await call('guarded', await sign())).status, 200);
  assert.is(asked[1], rfc);
});

test.run();
