/** OAuth against a real authorization server on loopback: each grant, each client authentication, rotation, reuse, revocation. */
import { createServer, type Server } from 'node:http';
import { httpPort } from '@flowdeck/cards/http';
import type { HttpPort } from '@flowdeck/engine';
import type { AuthMethod, OAuthGrant } from '@flowdeck/engine/kit';
import Provider from 'oidc-provider';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { beginLogin, type PendingLogin } from './authorize.js';
import { revokeToken } from './revoke.js';
import { askAsClient, askToRefresh, askWithCode, type TokenRequest } from './token.js';

const SECRET = 'a+secret/with:signs';
const REDIRECT = 'http://127.0.0.1/callback';
const AGENTS = ['client_secret_basic', 'client_secret_post', 'none'] as const;

let server: Server;
let issuer = '';
let http: HttpPort & { close(): Promise<void> };

test.before(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  issuer = `http://127.0.0.1:${address.port}`;
  http = httpPort({ allowHosts: [`127.0.0.1:${address.port}`] });
  const provider = new Provider(issuer, {
    clients: AGENTS.map((method) => ({
      client_id: method,
      ...(method === 'none' ? {} : { client_secret: SECRET }),
      token_endpoint_auth_method: method,
      application_type: 'native',
      redirect_uris: [REDIRECT],
      grant_types: ['authorization_code', 'refresh_token', ...(method === 'none' ? [] : ['client_credentials'])],
      response_types: ['code'],
    })),
    features: {
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      devInteractions: { enabled: true },
    },
    scopes: ['openid', 'offline_access', 'read'],
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    cookies: { keys: ['cookie-key-of-this-test'] },
    jwks: { keys: [await signingKey()] },
  });
  server.on('request', provider.callback());
});

test.after(async () => {
  await http.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** A key of its own: the development keys of the server come with a warning. */
async function signingKey(): Promise<Record<string, unknown>> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  };
  const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  return { ...(await crypto.subtle.exportKey('jwk', privateKey)), use: 'sig' };
}

function requestOf(grant: Partial<OAuthGrant>, values: Record<string, unknown>): TokenRequest {
  const oauth: OAuthGrant = {
    grant: 'authorizationCode',
    authorizeUrl: `${issuer}/auth`,
    tokenUrl: '{{base}}/token',
    revokeUrl: `${issuer}/token/revocation`,
    ...grant,
  };
  const method: AuthMethod & { readonly oauth: OAuthGrant } = { type: 'oauth2', oauth };
  return { method, values: { base: issuer, ...values }, http, clock: { now: () => 1_000 } };
}

/** What a browser does: follows redirects with its cookies, and fills in the two forms of the development pages. */
async function agree({ url }: PendingLogin): Promise<URL> {
  const cookies = new Map<string, string>();
  let place = url;
  let form: string | null = null;
  for (let step = 0; step < 12; step++) {
    if (place.startsWith(REDIRECT)) return new URL(place);
    const response: Response = await fetch(place, {
      redirect: 'manual',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form === null ? {} : { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const to = response.headers.get('location');
    const page: string = await response.text();
    if (to === null) {
      form = page.includes('name="login"') ? 'prompt=login&login=ada&password=x' : 'prompt=consent';
      place = new URL(/action="([^"]+)"/.exec(page)?.[1] ?? '', place).href;
    } else {
      form = null;
      place = new URL(to, place).href;
    }
  }
  throw new Error('The server sends round in circles.');
}

async function login(client: string, grant: Partial<OAuthGrant>) {
  const request = requestOf(
    { scopes: ['openid', 'offline_access'], authorizeParameters: { prompt: 'consent' }, ...grant },
    { client_id: client, client_secret: SECRET },
  );
  const pending = await beginLogin(request.method.oauth, request.values, REDIRECT, 0);
  const answered = await agree(pending);
  return { request, pending, answered };
}

for (const [client, clientAuthentication] of [
  ['client_secret_basic', 'basic'],
  ['client_secret_post', 'post'],
] as const) {
  test(`client credentials, ${clientAuthentication}`, async () => {
    const values = { client_id: client, client_secret: SECRET };
    const answer = await askAsClient(
      requestOf({ grant: 'clientCredentials', clientAuthentication, scopes: ['read'] }, values),
    );
    assert.is(answer.kind, 'granted');
    if (answer.kind !== 'granted') return;
    assert.equal([answer.token.auth['token_type'], answer.token.auth['scope']], ['bearer', 'read']);
    assert.is(answer.token.expiresAt, 1_000 + 600_000);
    const wrong = await askAsClient(
      requestOf({ grant: 'clientCredentials', clientAuthentication }, { ...values, client_secret: 'wrong' }),
    );
    assert.is(wrong.kind, 'misconfigured');
    assert.match(wrong.kind === 'granted' ? '' : wrong.reason, /invalid_client/);
  });
}

test('basic without encoding is for servers that do not decode: this one does, and says no', async () => {
  const values = { client_id: 'client_secret_basic', client_secret: SECRET };
  const plain = { grant: 'clientCredentials', clientAuthentication: 'basicPlain' } as const;
  assert.is((await askAsClient(requestOf(plain, values))).kind, 'misconfigured');
});

for (const [client, clientAuthentication] of [
  ['client_secret_basic', 'basic'],
  ['client_secret_post', 'post'],
  ['none', 'none'],
] as const) {
  test(`authorization code with PKCE, ${clientAuthentication}: login, refresh with rotation, reuse ends the grant`, async () => {
    const { request, pending, answered } = await login(client, { clientAuthentication });
    const answer = await askWithCode(request, { ...pending, answered });
    assert.is(answer.kind, 'granted', JSON.stringify(answer));
    if (answer.kind !== 'granted') return;
    const first = String(answer.token.auth['refresh_token']);
    assert.not.ok('id_token' in answer.token.auth);
    const renewed = await askToRefresh(request, first);
    assert.is(renewed.kind, 'granted');
    const second = renewed.kind === 'granted' ? String(renewed.token.auth['refresh_token']) : '';
    assert.is.not(second, first);
    const reused = await askToRefresh(request, first);
    assert.is(reused.kind, 'refused');
    assert.is(
      (await askToRefresh(request, second)).kind,
      'refused',
      'the winner is dead too: that is what the lock is for',
    );
  });
}

test('a code is good once, with its verifier and its state', async () => {
  const { request, pending, answered } = await login('client_secret_basic', {});
  const forged = new URL(answered);
  forged.searchParams.set('state', 'another');
  const stolen = await askWithCode(request, { ...pending, answered: forged });
  assert.equal([stolen.kind, 'reason' in stolen && /does not belong/.test(stolen.reason)], ['refused', true]);
  const verifier = `${pending.verifier.slice(0, -2)}xx`;
  assert.is((await askWithCode(request, { ...pending, answered, verifier })).kind, 'refused');
  const late = await askWithCode(request, { ...pending, answered, expiresAt: 0 });
  assert.equal([late.kind, 'reason' in late && /ten minutes/.test(late.reason)], ['refused', true]);
});

test('a person who says no', async () => {
  const request = requestOf({}, { client_id: 'none' });
  const pending = await beginLogin(request.method.oauth, request.values, REDIRECT, 0);
  const answered = new URL(`${REDIRECT}?error=access_denied&error_description=no&state=${pending.state}`);
  const answer = await askWithCode(
    { ...request, values: { ...request.values, client_secret: SECRET } },
    { ...pending, answered },
  );
  assert.equal(
    [answer.kind, 'reason' in answer && answer.reason],
    ['refused', 'The service answered access_denied: no'],
  );
});

test('revocation: the grant is over; an unknown token is no fault', async () => {
  const { request, pending, answered } = await login('client_secret_basic', {});
  const answer = await askWithCode(request, { ...pending, answered });
  assert.ok(answer.kind === 'granted');
  const token = String(answer.token.auth['refresh_token']);
  assert.equal(await revokeToken(request, token), { kind: 'done', reason: null });
  assert.is((await askToRefresh(request, token)).kind, 'refused');
  assert.is((await revokeToken(request, 'unknown')).kind, 'done');
  const stranger = requestOf({}, { client_id: 'client_secret_basic', client_secret: 'wrong' });
  assert.is((await revokeToken(stranger, token)).kind, 'refused');
});

test('what the port does not allow, and a connection that lacks something, are told as such', async () => {
  const values = { client_id: 'c', client_secret: 's' };
  const blocked = await askAsClient(
    requestOf({ grant: 'clientCredentials', tokenUrl: 'http://127.0.0.1:1/token' }, values),
  );
  assert.is(blocked.kind, 'misconfigured');
  const lacking = await askAsClient(requestOf({ tokenUrl: 'https://{{region}}.example/token' }, values));
  assert.equal([lacking.kind, 'reason' in lacking && /"tokenUrl"/.test(lacking.reason)], ['misconfigured', true]);
});

test.run();
