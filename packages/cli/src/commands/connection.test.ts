/** What is promised of `flowdeck connection test`: accepted, refused, or that it cannot be told; each is proven by a service. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { startTwilioService, TWILIO_ACCOUNT_SID, TWILIO_STANDARD_KEY } from '../../../conformance/src/twilio/index.js';
import { flowdeckIn } from '../../test/support.js';

const SECRET = 'hunter2hunter2';

/** Serves for as long as `use` runs. */
async function serving<T>(listener: RequestListener, use: (host: string) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // it listens on a port
  try {
    return await use(`127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const GET = { id: 'get', card: 'http.get', in: { url: { from: '/connection/url' } } };
const WORKING = [
  {
    id: 'attempt',
    card: 'error.ifError',
    outputs: [{ key: 'working', type: 'boolean' }],
    blocks: {
      try: { cards: [GET, { card: 'flow.return', in: { working: true } }] },
      catch: { cards: [{ card: 'flow.return', in: { working: false } }] },
    },
  },
  { card: 'flow.return', in: { working: { from: '/attempt/working' } } },
];

/** The cards of authping flows. */
const FLOWS = {
  catches: WORKING,
  raises: [GET, { card: 'flow.return', in: { working: true } }],
  says: [{ card: 'flow.return', in: { working: false } }],
  raisesItsOwn: [{ card: 'flow.returnError', in: { message: 'The key has expired.', statusCode: 403 } }],
  isSilent: [GET],
};

function pack(cards: unknown, more: Readonly<Record<string, unknown>> = {}): string {
  const manifest = { auth: { type: 'basic' }, parameters: [{ key: 'url', type: 'text', required: true }], ...more };
  const deck = {
    flowdeck: 1,
    connector: { key: 'shop', name: 'Shop', version: '1.0.0', ...manifest, flows: { authping: 'ping' } },
    flows: [{ id: 'ping', type: 'authping', cards }],
  };
  return `export default { name: 'shop-pack', namespace: 'shop', version: '1.0.0', connectors: [${JSON.stringify(deck)}] }`;
}

async function connect(
  cards: unknown,
  url: string,
  argv: readonly string[] = [],
  allow = new URL(url).host,
  more: Readonly<Record<string, unknown>> = {},
) {
  const auth = { username: 'u', password: { env: 'P' } };
  const files = { 'p.mjs': pack(cards, more), 'shop.json': { connector: 'shop', auth, parameters: { url } } };
  const all = ['connection', 'test', 'shop.json', '--pack', './p.mjs', '--allow-host', allow, ...argv];
  const ran = await flowdeckIn(files, all, { env: { P: SECRET } });
  assert.not.ok((ran.stdout + ran.stderr).includes(SECRET));
  return ran;
}

const answering =
  (status: number): RequestListener =>
  (_, response) =>
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end('{"code":20003,"message":"The password is wrong."}');

test('the service is quoted where the connector tells how to read its errors', async () => {
  const errors = { code: '/code', message: '/message' };
  for (const flow of [FLOWS.catches, FLOWS.raises]) {
    const [plain, json] = await serving(answering(401), async (host) => [
      await connect(flow, `http://${host}/`, [], host, { errors }),
      await connect(flow, `http://${host}/`, ['--json'], host, { errors }),
    ]);
    assert.match(plain.stderr, /\(HTTP 401\) shop says: The password is wrong\. \(20003\) \[http-status\]\n/);
    const { service, response } = JSON.parse(json.stdout).reason;
    assert.equal(service, { connector: 'shop', code: '20003', message: 'The password is wrong.', link: null });
    assert.equal(response, { code: 20003, message: 'The password is wrong.' });
  }
});

/** Exit code and answer to each status, whether the flow catches the error or not. */
const ANSWERS = [
  [200, 0, 'accepted'],
  [400, 1, 'refused'],
  [401, 1, 'refused'],
  [403, 1, 'refused'],
  [404, 1, 'refused'],
  [408, 5, 'unclear'],
  [429, 5, 'unclear'],
  [500, 5, 'unclear'],
  [503, 5, 'unclear'],
] as const;

for (const [status, exit, expected] of ANSWERS) {
  for (const name of ['catches', 'raises'] as const) {
    test(`a service that answers ${status}, to a flow that ${name} errors: ${expected}`, async () => {
      const [plain, json] = await serving(answering(status), async (host) => [
        await connect(FLOWS[name], `http://${host}/`),
        await connect(FLOWS[name], `http://${host}/`, ['--json']),
      ]);
      assert.is(plain.code, exit, plain.stderr);
      const { ok, answer, connector, reason } = JSON.parse(json.stdout);
      assert.equal([json.code, ok, answer, connector], [exit, expected === 'accepted', expected, 'shop']);
      if (expected === 'accepted') {
        assert.match(plain.stdout, /^✓ shop accepts the connection shop\.json \(/);
        assert.is(reason, null);
        return;
      }
      assert.is(plain.stdout, '');
      assert.equal([reason.code, reason.statusCode], ['http-status', status]);
      assert.ok(plain.stderr.includes(expected === 'refused' ? 'refuses the connection' : 'may or may not accept'));
      assert.ok(plain.stderr.includes(`(HTTP ${status})`), plain.stderr);
      assert.ok(plain.stderr.includes('The password is wrong.'), plain.stderr);
    });
  }
}

for (const name of ['catches', 'raises'] as const) {
  test(`a dead port, a server that never answers, an address that may not be reached, to a flow that ${name} errors: unclear`, async () => {
    const closed = await serving(
      () => {},
      async (host) => host,
    );
    const dead = await connect(FLOWS[name], `http://${closed}/`, ['--json']);
    assert.equal([dead.code, JSON.parse(dead.stdout).reason.code], [5, 'http-network']);
    const silent = await serving(
      () => {},
      (host) => connect(FLOWS[name], `http://${host}/`, ['--json', '--timeout', '0.2']),
    );
    assert.equal([silent.code, JSON.parse(silent.stdout).answer], [5, 'unclear']);
    const blocked = await connect(FLOWS[name], `http://${closed}/`, ['--json'], 'other.example');
    const { code, hint } = JSON.parse(blocked.stdout).reason;
    assert.equal(
      [blocked.code, code, hint],
      [5, 'http-blocked', `If this service may be reached: --allow-host ${closed}`],
    );
  });
}

test('what the connector itself says or raises is a refusal; what it does not say is unclear', async () => {
  const url = 'http://127.0.0.1:9/';
  const says = await connect(FLOWS.says, url, ['--json']);
  assert.equal([says.code, JSON.parse(says.stdout).reason.code], [1, 'connection-refused']);
  const raises = await connect(FLOWS.raisesItsOwn, url);
  assert.is(raises.code, 1);
  assert.match(raises.stderr, /error: The key has expired\. \(HTTP 403\) \[returned-error\]/);
  const silent = await serving(answering(200), (host) => connect(FLOWS.isSilent, `http://${host}/`));
  assert.is(silent.code, 5);
  assert.match(silent.stderr, /returns no "working"\. \[connection-unclear\]\n {4}hint: /);
});

test('Twilio: the right secret, a wrong one, a service that is busy', async () => {
  const service = await startTwilioService();
  const host = new URL(service.url).host;
  const test = async (password: string) => {
    const file = {
      connector: 'twilio',
      auth: { username: TWILIO_STANDARD_KEY.sid, password: { env: 'P' } },
      parameters: { account_sid: TWILIO_ACCOUNT_SID, base_url: service.url },
    };
    const ran = await flowdeckIn({ 't.json': file }, ['connection', 'test', 't.json', '--allow-host', host, '--json'], {
      env: { P: password },
    });
    return { ...ran, data: JSON.parse(ran.stdout) };
  };
  try {
    const right = await test(TWILIO_STANDARD_KEY.secret);
    assert.equal([right.code, right.data.answer], [0, 'accepted'], right.stdout);
    const wrong = await test('not-the-secret');
    assert.equal([wrong.code, wrong.data.answer, wrong.data.reason.statusCode], [1, 'refused', 401], wrong.stdout);
    assert.is(wrong.data.reason.service.code, '20003');
    service.failNext({ status: 503 });
    const busy = await test(TWILIO_STANDARD_KEY.secret);
    assert.equal([busy.code, busy.data.answer], [5, 'unclear'], busy.stdout);
  } finally {
    await service.close();
  }
});

test.run();
