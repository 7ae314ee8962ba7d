/** What is promised of connections that are kept: the service decides, a login goes through the browser, an end is told honestly. */
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Directory, flowdeck } from '../../test/support.js';

/** A service with an authorization server of its own. */
class Service {
  /** Access tokens that it takes. */
  readonly valid = new Set<string>();
  readonly revoked: string[] = [];
  /** What a revocation is answered with. */
  revokeStatus = 200;
  /** What its token endpoint answers instead of a token; `hang`: nothing. */
  tokenFault: readonly [status: number, type: string, text: string] | 'hang' | null = null;
  /** A password that it takes. */
  password = 'right-password';
  #count = 0;
  readonly #server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://service');
      if (url.pathname === '/token' && this.tokenFault === 'hang') return;
      const [status, headers, text] = this.#answer(url, new URLSearchParams(body), request.headers.authorization ?? '');
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(text);
    });
  });

  #answer(url: URL, form: URLSearchParams, given: string): readonly [number, Record<string, string>, string] {
    if (url.pathname === '/auth') {
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', 'the-code');
      back.searchParams.set('state', url.searchParams.get('state') ?? '');
      return [302, { location: back.href }, ''];
    }
    if (url.pathname === '/token' && this.tokenFault !== null && this.tokenFault !== 'hang') {
      const [status, type, text] = this.tokenFault;
      return [status, { 'content-type': type }, text];
    }
    if (url.pathname === '/token') {
      if (form.get('grant_type') === 'authorization_code' && form.get('code') !== 'the-code')
        return [400, {}, '{"error":"invalid_grant"}'];
      const token = `access-token-${++this.#count}`;
      this.valid.add(token);
      const granted = {
        access_token: token,
        token_type: 'bearer',
        expires_in: 3600,
        refresh_token: `refresh-${token}`,
      };
      return [200, {}, JSON.stringify(granted)];
    }
    if (url.pathname === '/revoke') {
      this.revoked.push(form.get('token') ?? '');
      return [this.revokeStatus, {}, ''];
    }
    const [kind = '', credentials = ''] = given.split(' ');
    const isKnown = kind === 'Basic' ? atob(credentials) === `ada:${this.password}` : this.valid.has(credentials);
    return [isKnown ? 200 : 401, {}, JSON.stringify({ seen: kind })];
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    return `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const returning = (value: object) => [{ card: 'flow.return', in: value }];
const header = (kind: 'Bearer' | 'Basic') => ({
  id: 'header',
  card: 'text.concatenate',
  in:
    kind === 'Bearer'
      ? { 'text 1': 'Bearer ', 'text 2': { from: '/connection/access_token' } }
      : { 'text 1': 'Basic ', 'text 2': { from: '/encoded/output' } },
});
const asking = (kind: 'Bearer' | 'Basic') => [
  ...(kind === 'Basic'
    ? [
        {
          id: 'pair',
          card: 'text.concatenate',
          in: { 'text 1': { from: '/connection/username' }, 'text 2': ':', p: { from: '/connection/password' } },
        },
        { id: 'encoded', card: 'text.base64Encode', in: { text: { from: '/pair/output' } } },
      ]
    : []),
  header(kind),
  { id: 'headers', card: 'object.construct', in: { Authorization: { from: '/header/output' } } },
  {
    id: 'me',
    card: 'http.raw',
    in: { url: { from: '/connection/base' }, method: 'GET', headers: { from: '/headers/output' } },
  },
];

/** A connector of the service, with one method of authentication. */
function connectorFiles(host: string, kind: 'Bearer' | 'Basic', more: object = {}): Record<string, string> {
  const base = `http://${host}`;
  const oauth = {
    grant: 'authorizationCode',
    authorizeUrl: `${base}/auth`,
    tokenUrl: `${base}/token`,
    revokeUrl: `${base}/revoke`,
  };
  const flow = (id: string, type: string, cards: readonly unknown[], rest: object) =>
    JSON.stringify({ flowdeck: 1, id, type, cards, ...rest });
  const WORKING = [{ key: 'working', type: 'boolean' }];
  return {
    'acme/connector.json': JSON.stringify({
      key: 'acme',
      name: 'Acme',
      version: '1.0.0',
      auth: kind === 'Basic' ? { type: 'basic' } : { type: 'oauth2', oauth },
      parameters: [{ key: 'base', type: 'text', default: base }],
      flows: { authping: 'ping', actions: ['read'] },
      ...more,
    }),
    'acme/flows/ping.flow.json': flow('ping', 'authping', [...asking(kind), ...returning({ working: true })], {
      name: '_authping',
      outputs: WORKING,
    }),
    'acme/flows/read.flow.json': flow(
      'read',
      'action',
      [...asking(kind), ...returning({ got: { from: '/me/body' } })],
      { outputs: [{ key: 'got', type: 'text' }] },
    ),
    'main.flow.json': JSON.stringify({
      flowdeck: 1,
      id: 'main',
      type: 'manual',
      cards: [{ id: 'read', card: 'acme.read', connection: 'mine' }, ...returning({ got: { from: '/read/got' } })],
    }),
    'oauth.json': JSON.stringify({
      connector: 'acme',
      auth: { client_id: 'client', client_secret: 'client-secret-1' },
    }),
    'basic.json': JSON.stringify({ connector: 'acme', auth: { username: 'ada', password: { env: 'PASSWORD' } } }),
    // What a browser does: it goes where it is sent.
    browser: '#!/usr/bin/env node\nfetch(process.argv[2]).then((response) => response.text());\n',
  };
}

/** A directory with the connector, a key, and the command in it. */
async function world(
  kind: 'Bearer' | 'Basic',
  use: (parts: {
    service: Service;
    run: (...argv: string[]) => ReturnType<typeof flowdeck>;
    directory: string;
  }) => Promise<void>,
  more: (host: string) => Record<string, string> = () => ({}),
): Promise<void> {
  const service = new Service();
  const host = await service.start();
  const directory = new Directory({ ...connectorFiles(host, kind), ...more(host) });
  try {
    chmodSync(join(directory.path, 'browser'), 0o755);
    const env = { PASSWORD: 'right-password', BROWSER: join(directory.path, 'browser'), PATH: process.env['PATH'] };
    const run = (...argv: string[]) =>
      flowdeck([...argv, '--key-file', 'key', '--pack', 'acme', '--allow-host', host], { cwd: directory.path, env });
    const made = await flowdeck(['connection', 'key', '-o', 'key'], { cwd: directory.path });
    assert.is(made.code, 0);
    assert.match(made.stderr, /Keep a copy/);
    await use({ service, run, directory: directory.path });
  } finally {
    directory.remove();
    await service.stop();
  }
}

const listed = async (run: (...argv: string[]) => ReturnType<typeof flowdeck>) =>
  (JSON.parse((await run('connection', 'list', '--json')).stdout) as { connections: { name: string; state: string }[] })
    .connections;

test('create: the service decides, and what it refuses is not kept', () =>
  world('Basic', async ({ service, run, directory }) => {
    service.password = 'another-password';
    const refused = await run('connection', 'create', 'mine', 'basic.json');
    assert.equal([refused.code, /refuses the connection mine/.test(refused.stderr)], [1, true]);
    assert.equal(await listed(run), []);
    service.password = 'right-password';
    const { code, stdout } = await run('connection', 'create', 'mine', 'basic.json', '--json');
    assert.equal([code, JSON.parse(stdout).kept], [0, true]);
    assert.is((await run('connection', 'test', 'mine')).code, 0);
    service.password = 'changed';
    assert.is((await run('connection', 'test', 'mine')).code, 1);
    await service.stop();
    const unclear = await run('connection', 'create', 'other', 'basic.json');
    assert.is(unclear.code, 5, 'nobody can tell');
    assert.equal(
      (await listed(run)).map(({ name }) => name),
      ['mine'],
    );
    const bytes = readdirSync(join(directory, '.flowdeck/connections'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(join(directory, '.flowdeck/connections', name), 'utf8'))
      .join('');
    assert.not.match(bytes, /right-password|ada/);
  }));

test('create and login go through the browser; a run takes the connection, and renews its token on the way', () =>
  world('Bearer', async ({ service, run }) => {
    const { code, stdout, stderr } = await run('connection', 'create', 'mine', 'oauth.json');
    assert.is(code, 0, stderr);
    assert.match(stdout, /acme accepts the connection mine/);
    const ran = await run('run', 'main.flow.json', '--store', '.flowdeck');
    assert.equal([ran.code, /Bearer/.test(ran.stdout)], [0, true]);
    service.valid.clear();
    const renewed = await run('run', 'main.flow.json', '--store', '.flowdeck');
    assert.equal([renewed.code, [...service.valid]], [0, ['access-token-2']]);
    assert.is((await run('connection', 'login', 'mine')).code, 0);
    assert.equal([...service.valid], ['access-token-2', 'access-token-3']);
    for (const text of [stdout, stderr, ran.stdout, ran.stderr, renewed.stderr])
      assert.not.match(text, /access-token|refresh-access|client-secret/);
  }));

test('login by paste: an answer of another login is refused, and nothing is changed', () =>
  world('Bearer', async ({ run, directory, service }) => {
    assert.is((await run('connection', 'create', 'mine', 'oauth.json')).code, 0);
    const { code, stderr } = await flowdeck(
      ['connection', 'login', 'mine', '--paste', '--key-file', 'key', '--pack', 'acme'],
      { cwd: directory, stdin: 'http://127.0.0.1/callback?code=the-code&state=forged' },
    );
    assert.equal([code, /login-refused/.test(stderr), /Open this address anywhere/.test(stderr)], [2, true, true]);
    assert.is((await run('connection', 'test', 'mine')).code, 0);
    assert.equal([...service.valid], ['access-token-1']);
  }));

test('revoke: the service is asked, and the connection needs a login; delete forgets it whatever the service says', () =>
  world('Bearer', async ({ service, run }) => {
    await run('connection', 'create', 'mine', 'oauth.json');
    service.revokeStatus = 503;
    const unclear = await run('connection', 'revoke', 'mine');
    assert.equal([unclear.code, /may or may not/.test(unclear.stderr)], [5, true]);
    assert.equal(
      (await listed(run)).map(({ state }) => state),
      ['ready'],
    );
    service.revokeStatus = 200;
    const { code, stdout } = await run('connection', 'revoke', 'mine');
    assert.equal([code, /was taken back/.test(stdout)], [0, true]);
    assert.equal(service.revoked.at(-1), 'refresh-access-token-1');
    assert.equal(
      (await listed(run)).map(({ state }) => state),
      ['needs-login'],
    );
    const ran = await run('run', 'main.flow.json', '--store', '.flowdeck');
    assert.match(ran.stderr, /connection-needs-login/);
    await run('connection', 'login', 'mine');
    service.revokeStatus = 403;
    const deleted = await run('connection', 'delete', 'mine', '--json');
    assert.equal([deleted.code, JSON.parse(deleted.stdout).outcome], [0, 'refused']);
    assert.equal(await listed(run), []);
  }));

test('revoke: the flow of the connector comes first; without any way, that is said', () =>
  world(
    'Basic',
    async ({ run }) => {
      await run('connection', 'create', 'mine', 'basic.json');
      const { code, stderr } = await run('connection', 'revoke', 'mine');
      assert.equal([code, /was not taken back: the service refuses/.test(stderr)], [1, true], stderr);
    },
    (host) => {
      const cards = returning({
        working: false,
        serviceResponse: { value: { statusCode: 403, message: 'Not yours.' } },
      });
      const outputs = [
        { key: 'working', type: 'boolean' },
        { key: 'serviceResponse', type: 'object' },
      ];
      return {
        ...connectorFiles(host, 'Basic', { flows: { authping: 'ping', actions: ['read'], revoke: 'revoke' } }),
        'acme/flows/revoke.flow.json': JSON.stringify({
          flowdeck: 1,
          id: 'revoke',
          name: '_revoke',
          type: 'revoke',
          outputs,
          cards,
        }),
      };
    },
  ));

test('a damaged connection is listed as such, and the others work', () =>
  world('Basic', async ({ run, directory }) => {
    for (const name of ['mine', 'broken']) await run('connection', 'create', name, 'basic.json');
    writeFileSync(join(directory, '.flowdeck/connections/broken.connection.json'), '{}');
    assert.equal(
      (await listed(run)).map(({ state }) => state),
      ['unreadable', 'ready'],
    );
    assert.is((await run('connection', 'test', 'mine')).code, 0);
  }));

/** What a token endpoint may do instead of giving a token, how login ends then, and by which code. */
const TOKEN_FAULTS: Readonly<Record<string, readonly [fault: Service['tokenFault'], exit: number, code: string]>> = {
  'answers a page': [[200, 'text/html', '<html>Maintenance</html>'], 5, 'login-unclear'],
  'is behind a broken proxy': [[502, 'text/html', '<html>Bad gateway</html>'], 5, 'login-unclear'],
  'is busy': [[429, 'application/json', '{"error":"slow_down"}'], 5, 'login-unclear'],
  'answers nothing in particular': [[200, 'application/json', '{}'], 5, 'login-unclear'],
  hangs: ['hang', 5, 'login-unclear'],
  'refuses the grant': [[400, 'application/json', '{"error":"invalid_grant"}'], 2, 'login-refused'],
  'refuses the client': [[401, 'application/json', '{"error":"invalid_client"}'], 2, 'login-refused'],
};

for (const [what, [fault, exit, code]] of Object.entries(TOKEN_FAULTS)) {
  test(`create and login at a token endpoint that ${what}: told as such, and nothing is changed`, () =>
    world('Bearer', async ({ service, run }) => {
      assert.is((await run('connection', 'create', 'mine', 'oauth.json')).code, 0);
      service.tokenFault = fault;
      const impatient = fault === 'hang' ? ['--timeout', '0.2'] : [];
      for (const argv of [
        ['create', 'other', 'oauth.json'],
        ['login', 'mine'],
      ]) {
        const { code: ended, stderr } = await run('connection', ...argv, ...impatient);
        assert.equal([ended, stderr.includes(`[${code}]`)], [exit, true], stderr);
      }
      assert.equal(
        (await listed(run)).map(({ name, state }) => [name, state]),
        [['mine', 'ready']],
      );
      service.tokenFault = null;
      assert.is((await run('connection', 'test', 'mine')).code, 0);
    }));
}

test('a connector that changed its fields under a connection that is kept: told, never half used, and made again', () =>
  world('Bearer', async ({ service, run, directory }) => {
    await run('connection', 'create', 'mine', 'oauth.json');
    const file = join(directory, 'acme/connector.json');
    const written = readFileSync(file, 'utf8');
    const change = (more: object) => writeFileSync(file, JSON.stringify({ ...JSON.parse(written), ...more }));
    const { parameters } = JSON.parse(written) as { readonly parameters: readonly object[] }; // as it was written
    change({ parameters: [...parameters, { key: 'region', type: 'text', required: true }] });
    for (const argv of [
      ['connection', 'test', 'mine'],
      ['run', 'main.flow.json', '--store', '.flowdeck'],
    ]) {
      const { code, stderr } = await run(...argv);
      assert.equal([code, /lacks the parameter "region"/.test(stderr)], [2, true], stderr);
      assert.match(stderr, /flowdeck connection delete NAME --keep-grant, then create/);
    }
    assert.equal((await listed(run)).length, 1, 'it is not lost');
    change({ key: 'akme' });
    const orphaned = await run('connection', 'delete', 'mine');
    assert.equal([orphaned.code, /connection delete mine --keep-grant/.test(orphaned.stderr)], [2, true]);
    assert.is((await run('connection', 'delete', 'mine', '--keep-grant')).code, 0);
    assert.equal(service.revoked, []);
    change({ parameters: [...parameters, { key: 'region', type: 'text', required: true, default: 'eu' }] });
    await run('connection', 'create', 'mine', 'oauth.json');
    change({});
    assert.is((await run('connection', 'test', 'mine')).code, 0, 'what is asked for no longer does no harm');
    assert.is((await run('connection', 'delete', 'mine')).code, 0);
    assert.equal([service.revoked.length, await listed(run)], [1, []]);
  }));

/** The connector with an action whose field is looked up by a flow that asks the service. */
function lookingUp(host: string): Record<string, string> {
  const lookups = [{ actions: ['read'], field: 'Kind', flow: 'kinds', items: '/kinds' }];
  const kinds = [...asking('Bearer'), ...returning({ kinds: { expr: '["tall", "small"]' } })];
  const outputs = [{ key: 'kinds', type: 'text', list: true }];
  const options = [{ key: 'Kind', type: 'text' }];
  return {
    'acme/connector.json': connectorFiles(host, 'Bearer', { lookups })['acme/connector.json'] ?? '',
    'acme/flows/read.flow.json': JSON.stringify({ flowdeck: 1, id: 'read', type: 'action', options, cards: [] }),
    'acme/flows/kinds.flow.json': JSON.stringify({ flowdeck: 1, id: 'kinds', type: 'helper', outputs, cards: kinds }),
  };
}

test('connector options of a directory: with the connection that the store has under the key, tokens renewed', () =>
  world(
    'Bearer',
    async ({ run, directory, service }) => {
      const made = await run('connection', 'create', 'acme', 'oauth.json');
      assert.is(made.code, 0, made.stderr);
      service.valid.clear();
      const host = JSON.parse(readFileSync(join(directory, 'acme/connector.json'), 'utf8')).parameters[0].default;
      const asked = ['connector', 'options', 'acme', 'read', 'Kind', '--allow-host', host.slice('http://'.length)];
      const store = ['--store', '.flowdeck', '--key-file', 'key'];
      const { code, stdout, stderr } = await flowdeck([...asked, ...store], { cwd: directory });
      assert.equal([code, stdout, [...service.valid]], [0, 'tall\nsmall\n', ['access-token-2']], stderr);
    },
    lookingUp,
  ));

test('connector run: one action with the connection that the store has under the key; without any, that is said', () =>
  world('Bearer', async ({ run, directory, service }) => {
    const host = JSON.parse(readFileSync(join(directory, 'acme/connector.json'), 'utf8')).parameters[0].default.slice(
      7,
    );
    const action = (...argv: string[]) =>
      flowdeck(['connector', 'run', 'acme', 'read', '--allow-host', host, ...argv], { cwd: directory });
    const store = ['--store', '.flowdeck', '--key-file', 'key'];
    const missing = await action(...store);
    assert.equal([missing.code, /connection-missing/.test(missing.stderr)], [2, true], missing.stderr);
    await run('connection', 'create', 'acme', 'oauth.json');
    service.valid.clear();
    const { code, stdout, stderr } = await action(...store);
    assert.equal([code, /Bearer/.test(stdout), [...service.valid]], [0, true, ['access-token-2']], stderr);
    const bare = await action();
    assert.equal([bare.code, /note: it ran without a connection/.test(bare.stderr)], [1, true], bare.stderr);
  }));

test('a key is not written over another', () =>
  world('Basic', async ({ directory }) => {
    const { code, stderr } = await flowdeck(['connection', 'key', '-o', 'key'], { cwd: directory });
    assert.equal([code, /file-unwritable/.test(stderr)], [2, true]);
  }));

test.run();
