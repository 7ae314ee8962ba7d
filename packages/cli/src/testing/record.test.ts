/** What is promised of `flowdeck test --record`: what it writes repeats the run, shows no secret, and mixes nothing. */
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Directory, flowdeck, flowOf, type Ran } from '../../test/support.js';

const SECRET = 'hunter22/+long key';
const POLL = flowOf(
  [
    { id: 'first', card: 'http.get', in: { url: { from: '/inputs/url' } } },
    { id: 'second', card: 'http.get', in: { url: { from: '/inputs/url' } } },
    {
      id: 'gone',
      card: 'error.ifError',
      blocks: {
        try: { cards: [{ id: 'lost', card: 'http.get', in: { url: { from: '/inputs/lost' } } }] },
        catch: { cards: [{ card: 'flow.return', in: { status: { from: '/error/statusCode' } } }] },
      },
      outputs: [{ key: 'status', type: 'number' }],
    },
    {
      card: 'flow.return',
      in: {
        first: { from: '/first/body/n' },
        second: { from: '/second/body/n' },
        status: { from: '/gone/status' },
        token: { from: '/first/body/access_token' },
      },
    },
  ],
  {
    inputs: [
      { key: 'url', type: 'text' },
      { key: 'lost', type: 'text' },
    ],
    outputs: ['first', 'second', 'status', 'token'].map((key) => ({ key, type: 'any' })),
  },
);

interface Recorded extends Ran {
  readonly file: { readonly cases: readonly Readonly<Record<string, never>>[] };
  readonly text: string;
}

async function recorded(
  files: Readonly<Record<string, unknown>>,
  argv: readonly string[],
  more: readonly (readonly string[])[] = [],
): Promise<Recorded & { readonly after: readonly Ran[] }> {
  const directory = new Directory(files);
  try {
    const { path: cwd } = directory;
    const ran = await flowdeck(['test', 'a.test.json', ...argv], { cwd });
    const text = readFileSync(join(cwd, 'a.test.json'), 'utf8');
    const after: Ran[] = [];
    for (const each of more) after.push(await flowdeck(['test', 'a.test.json', ...each], { cwd }));
    return { ...ran, text, file: JSON.parse(text), after };
  } finally {
    directory.remove();
  }
}

/** A service on this machine while `use` runs; its address is `127.0.0.1:PORT`. */
async function serving<T>(answer: RequestListener, use: (host: string) => Promise<T>): Promise<T> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    // It listens on a port.
    return await use(`127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const CRM = flowOf(
  [
    { id: 'ask', card: 'crm.read', in: { ID: { from: '/inputs/id' } } },
    { card: 'flow.return', in: { mail: { from: '/ask/Email' } } },
  ],
  { inputs: [{ key: 'id', type: 'text' }], outputs: [{ key: 'mail', type: 'text' }] },
);

test('made-up answers become mocks, and the case that is written is run with them', async () => {
  const files = {
    'a.flow.json': CRM,
    'a.test.json': {
      subject: 'a.flow.json',
      cases: [{ id: 'a', inputs: { id: 'u1' }, expect: { status: 'success' } }],
    },
  };
  const { code, stderr, file, after } = await recorded(files, ['--record', '--update'], [[], ['--record']]);
  assert.is(code, 0, stderr);
  assert.match(stderr, '● a/a: recorded 1 call\n');
  const [entry] = file.cases;
  assert.equal(entry?.['recorded'], { from: 'simulation' });
  const [mock] = (entry?.['mocks'] ?? []) as { in: object; answer: { outputs: object } }[];
  assert.equal(mock?.in, { ID: 'u1' });
  assert.equal(Object.keys(mock?.answer.outputs ?? {}), ['Email']);
  assert.equal(
    after.map(({ code }) => code),
    [0, 0],
  );
});

test('mocks by hand are left as they are, and the two kinds of recordings are not mixed', async () => {
  const mocks = [{ card: 'crm.read', answer: { outputs: { Email: 'a@example.com' } } }];
  const of = (more: object) => ({
    'a.flow.json': CRM,
    'a.test.json': { subject: 'a.flow.json', cases: [{ id: 'a', mocks, ...more, expect: { status: 'success' } }] },
  });
  const byHand = await recorded(of({}), ['--record']);
  assert.equal([byHand.code, byHand.file.cases[0]?.['mocks']], [0, mocks]);
  assert.match(byHand.stderr, 'a/a: has mocks of its own, left as it is');
  const mixed = await recorded(of({ recorded: { from: 'simulation' } }), [
    '--record',
    '--live',
    '--allow-host',
    'a.test',
  ]);
  assert.is(mixed.code, 2);
  assert.match(mixed.stderr, /recorded from a simulation, not a real service[\s\S]*\[recording-mixed\]/);
});

test('a real service: equal calls keep their answers, a 404 replays as 404, secrets become placeholders', async () => {
  let asked = 0;
  const answer: RequestListener = (request, response) => {
    const isLost = request.url?.startsWith('/lost') === true;
    response.writeHead(isLost ? 404 : 200, { 'content-type': 'application/json', 'x-request-id': String(asked) });
    response.end(JSON.stringify(isLost ? { why: 'gone' } : { n: ++asked, access_token: 'minted-by-the-service' }));
  };
  await serving(answer, async (host) => {
    const inputs = { url: `http://${host}/a`, lost: `http://${host}/lost` };
    const files = {
      'a.flow.json': POLL,
      'a.test.json': { subject: 'a.flow.json', cases: [{ id: 'a', inputs, expect: { outputs: {} } }] },
    };
    const { code, stderr, stdout, file, text, after } = await recorded(
      files,
      ['--record', '--live', '--allow-host', host, '--update'],
      [['--json'], ['--max-age', '1d'], ['--max-age', '0d']],
    );
    assert.is(code, 0, stderr + stdout);
    assert.match(stderr, '● a/a: recorded 3 calls, 1 secret replaced\n');
    assert.not.match(text, 'minted-by-the-service');
    assert.not.match(text, 'x-request-id');
    assert.is(asked, 2);
    const [{ recorded: told, expect } = {}] = file.cases as readonly Readonly<
      Record<string, { hosts: unknown; outputs: unknown }>
    >[];
    assert.equal(told?.hosts, [host]);
    assert.equal(expect?.outputs, { first: 1, second: 2, status: 404, token: '{{secret.service.access_token}}' });
    assert.equal(
      after.map(({ code: exit }) => exit),
      [0, 0, 1],
    );
    assert.match(after[2]?.stdout ?? '', /too old[\s\S]*\[recording-old\]/);
  });
});

test('only hosts that are named are reached, also where a redirect leads', async () => {
  await serving(
    (_, response) => response.end('{}'),
    (other) =>
      serving(
        (_, response) => response.writeHead(302, { location: `http://${other}/` }).end(),
        async (host) => {
          const flow = flowOf([{ id: 'a', card: 'http.get', in: { url: `http://${host}/` } }]);
          const files = {
            'a.flow.json': flow,
            'a.test.json': { subject: 'a.flow.json', cases: [{ id: 'a', expect: { status: 'success' } }] },
          };
          const { stdout } = await recorded(files, ['--record', '--live', '--allow-host', host]);
          assert.match(stdout, /http-blocked/);
          const both = await recorded(files, ['--record', '--live', '--allow-host', host, '--allow-host', other]);
          assert.is(both.code, 0, both.stdout);
        },
      ),
  );
});

test('a card of a connector is recorded as one call, and its credentials are nowhere', async () => {
  const seen: string[] = [];
  const answer: RequestListener = (request, response) => {
    seen.push(String(request.headers.authorization));
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ sid: 'SM1', status: 'queued', to: '+15005550009' }));
  };
  await serving(answer, async (host) => {
    const send = {
      id: 'send',
      card: 'twilio.sendMessage',
      connection: 'twilio',
      in: { 'From Number': '+15005550006', To: '+15005550009', Body: 'Hi' },
    };
    const sid = { from: '/send/Message SID' };
    const flow = flowOf([send, { card: 'flow.return', in: { sid } }], { outputs: [{ key: 'sid', type: 'text' }] });
    const connection = {
      connector: 'twilio',
      auth: { username: `AC${'0'.repeat(32)}`, password: SECRET },
      parameters: { account_sid: `AC${'0'.repeat(32)}`, base_url: `http://${host}` },
    };
    const files = {
      'a.flow.json': flow,
      'twilio.json': connection,
      'a.test.json': { subject: 'a.flow.json', cases: [{ id: 'a', expect: { outputs: {} } }] },
    };
    const { code, stderr, stdout, text } = await recorded(files, [
      '--record',
      '--live',
      '--allow-host',
      host,
      '--connection',
      'twilio=twilio.json',
      '--update',
    ]);
    assert.is(code, 0, stderr + stdout + text);
    assert.is(seen.length, 1);
    assert.match(text, /"card": "twilio.sendMessage"[\s\S]*"Message SID": "SM1"/);
    assert.match(text, '"sid": "SM1"');
    for (const form of [SECRET, encodeURIComponent(SECRET), Buffer.from(SECRET).toString('base64')])
      assert.not.match(text, form);
  });
});

test('nothing is written where a secret would stay, nor where a host is wanting', async () => {
  const url = { from: '/inputs/url' };
  const flow = flowOf([{ id: 'a', card: 'http.get', in: { url } }], {
    inputs: ['url', 'k'].map((key) => ({ key, type: 'text' })),
  });
  await serving(
    (_, response) => response.end(JSON.stringify({ access_token: SECRET })),
    async (host) => {
      const inputs = { url: `http://${host}/`, k: SECRET };
      const cases = [{ id: 'a', inputs, expect: { status: 'success' } }];
      const files = { 'a.flow.json': flow, 'a.test.json': { subject: 'a.flow.json', cases } };
      const { code, stderr, file } = await recorded(files, ['--record', '--live', '--allow-host', host]);
      assert.is(code, 1);
      assert.match(stderr, /not recorded: .*\[recording-secret\]/);
      assert.is(file.cases[0]?.['mocks'], undefined);
      for (const argv of [
        ['--record', '--live'],
        ['--live'],
        ['--record', '--allow-host', 'a.test'],
        ['--max-age', 'old'],
      ]) {
        const refused = await recorded(files, argv);
        assert.is(refused.code, 2);
        assert.match(refused.stderr, '[test-option]');
      }
    },
  );
});

test.run();
