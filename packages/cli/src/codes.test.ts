/** Every code of the command is provoked, by the command line that its table speaks of. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Directory, flowdeck, GREET, type Ran, type RunSetup } from '../test/support.js';
import { CLI_CODES } from './codes.js';

type Code = keyof typeof CLI_CODES;

interface Way {
  /** Files in the directory of the command; those that are neither text nor bytes are JSON. */
  readonly files?: Readonly<Record<string, unknown>>;
  /** What was done before: each must succeed. */
  readonly before?: readonly (readonly string[])[];
  readonly argv: readonly string[];
  readonly setup?: RunSetup;
  /** What a host answers meanwhile; its URL is given to the command. */
  readonly host?: { readonly status: number; readonly body: unknown };
  readonly exit: number;
}

const FLOW = { 'a.flow.json': GREET };
/** Who owns a host. */
const OWNER: RunSetup = { env: { FLOWDECK_ADMIN_TOKEN: 'token-of-the-owner' } };
const run = (...argv: string[]): Way => ({ files: FLOW, argv: ['run', 'a.flow.json', ...argv], exit: 2 });
const connector = (key: string, flows: Readonly<Record<string, readonly unknown[]>>) => {
  const deck = {
    flowdeck: 1,
    connector: {
      key,
      name: 'Shop',
      version: '1.0.0',
      auth: { type: 'basic' },
      flows: flows.ping === undefined ? {} : { authping: 'ping' },
    },
    flows: Object.entries(flows).map(([id, cards]) => ({ id, type: id === 'ping' ? 'authping' : 'helper', cards })),
  };
  return `export default { name: 'p', namespace: '${key}', version: '1.0.0', connectors: [${JSON.stringify(deck)}] }`;
};
const scheduled = (schedule: Readonly<Record<string, string>>): Way => ({
  files: { 'a.flow.json': { ...GREET, type: 'schedule', schedule } },
  argv: ['validate', 'a.flow.json'],
  exit: 3,
});
const CONNECTION = { connector: 'shop', auth: { username: 'u', password: { env: 'P' } } };
const tested = (flows: Readonly<Record<string, readonly unknown[]>>, exit: number): Way => ({
  files: { 'p.mjs': connector('shop', flows), 'c.json': CONNECTION },
  argv: ['connection', 'test', 'c.json', '--pack', './p.mjs'],
  setup: { env: { P: 'secret' } },
  exit,
});
const returning = (value: Readonly<Record<string, unknown>>) => [{ card: 'flow.return', in: value }];
const { flowdeck: _format, ...FLOW_OF_DECK } = GREET;
const USERS = {
  flowdeck: 1,
  flows: [FLOW_OF_DECK],
  tables: [{ id: 'users', columns: [{ key: 'mail', type: 'text' }] }],
};
const TABLES = { 'a.flow.json': USERS, 'u.csv': 'nothing\n1\n' };
const MOCKED = ['--simulate', '--mock', 'm.json'];
const EXPORTED = ['export', 'a.flow.json', '-o', 'a.flopack'];

/** A store with one connection, and what it takes to open it. */
const HOST_KEY = btoa('k'.repeat(32));
const KEYED = ['--key-file', 'k'];
const SOUND = { connector: 'shop', auth: { username: 'u', password: 'p' } };
const KEPT = { 'p.mjs': connector('shop', { ping: returning({ working: true }) }), 'c.json': SOUND, k: HOST_KEY };
const CREATE = ['connection', 'create', 'mine', 'c.json', '--pack', './p.mjs', ...KEYED];
const kept = (...argv: string[]): Way => ({
  files: KEPT,
  before: [CREATE],
  argv: ['connection', ...argv, '--pack', './p.mjs', ...KEYED],
  exit: 2,
});
/** A connector that gets tokens. */
const TOKENS = {
  'oauth/connector.json': {
    key: 'oauth',
    name: 'OAuth',
    version: '1.0.0',
    auth: {
      type: 'oauth2',
      oauth: { grant: 'authorizationCode', authorizeUrl: 'https://as.test/auth', tokenUrl: 'https://127.0.0.1/token' },
    },
    config: [{ key: 'made', flow: 'make' }],
    flows: { authping: 'ping' },
  },
  'oauth/flows/ping.flow.json': {
    flowdeck: 1,
    id: 'ping',
    name: '_authping',
    type: 'authping',
    outputs: [{ key: 'working', type: 'boolean' }],
    cards: returning({ working: true }),
  },
  'oauth/flows/make.flow.json': {
    flowdeck: 1,
    id: 'make',
    type: 'helper',
    inputs: [{ key: 'region', type: 'text' }],
    outputs: [{ key: 'value', type: 'text' }],
    cards: returning({ value: 'x' }),
  },
  'o.json': { connector: 'oauth', auth: { client_id: 'c', client_secret: 's' } },
  k: HOST_KEY,
};
const login = (...argv: string[]): Way => ({
  files: TOKENS,
  argv: ['connection', 'create', 'mine', 'o.json', '--pack', 'oauth', ...KEYED, ...argv],
  exit: 2,
});
/** Nobody listens there. */
const UNANSWERED = {
  ...TOKENS['oauth/connector.json'],
  auth: { type: 'oauth2', oauth: { grant: 'clientCredentials', tokenUrl: 'https://127.0.0.1:9/token' } },
};
const FAILING = {
  ...TOKENS['oauth/flows/make.flow.json'],
  cards: [{ card: 'flow.returnError', in: { message: 'No.' } }],
};

/** Here every package is installed: `runtimes/peer.test.ts` asks for one that is not. */
const ELSEWHERE = ['runtime-package'] as const;

const PROVOKED: Readonly<Record<Exclude<Code, (typeof ELSEWHERE)[number]>, Way>> = {
  'deck-conflict': {
    files: {
      'd/a.flow.json': { ...GREET, id: 'a', requires: { shop: '^1' } },
      'd/b.flow.json': { ...GREET, id: 'b', requires: { shop: '^2' } },
    },
    argv: ['run', 'd', '--flow', 'a'],
    exit: 3,
  },

  'cron-invalid': scheduled({ cron: '61 * * * *' }),
  'time-zone-unknown': scheduled({ cron: '0 6 * * *', timeZone: 'Europe/Pariss' }),
  'no-authping': tested({ other: [] }, 2),
  'connection-refused': tested({ ping: returning({ working: false }) }, 1),
  'connection-unclear': tested({ ping: [] }, 5),

  'unknown-fake': { argv: ['fake', 'twillio'], exit: 2 },
  'fake-option': { argv: ['fake', 'twilio', '--port', 'x'], exit: 2 },

  'unknown-command': { argv: ['rum'], exit: 2 },
  'unknown-option': run('--fast'),
  'option-value': run('--flow'),
  'option-repeated': run('--flow', 'greet', '--flow', 'greet'),
  operands: { argv: ['run'], exit: 2 },
  'timeout-option': run('--timeout', 'soon'),
  'input-option': run('--input', 'Ada'),
  'inputs-file': { ...run('--inputs', 'i.json'), files: { ...FLOW, 'i.json': [1] } },
  'connection-option': run('--connection', 'twilio'),
  'connection-file': { ...run('--connection', 'shop=c.json'), files: { ...FLOW, 'c.json': [] } },
  'connection-secret-missing': { ...run('--connection', 'shop=c.json'), files: { ...FLOW, 'c.json': CONNECTION } },
  'connection-key-missing': { argv: ['connection', 'list'], exit: 2 },
  'connection-unknown': kept('test', 'other'),
  'connection-exists': kept('create', 'mine', 'c.json'),
  'connection-config': { ...login(), files: { ...TOKENS, 'oauth/flows/make.flow.json': FAILING } },
  'login-method': kept('login', 'mine'),
  'login-option': login('--port', 'none'),
  'login-answer': { ...login('--paste'), setup: { stdin: 'no address' } },
  'login-refused': { ...login('--paste'), setup: { stdin: 'http://127.0.0.1/callback?state=another&code=1' } },
  'login-unclear': {
    ...login('--allow-host', '127.0.0.1:9', '--timeout', '0.2'),
    files: { ...TOKENS, 'oauth/connector.json': UNANSWERED },
    exit: 5,
  },
  'connector-exists': { files: { 'acme/a': '' }, argv: ['connector', 'new', 'acme'], exit: 2 },
  'connector-key': { argv: ['connector', 'new', '7'], exit: 2 },
  'deploy-option': { files: TOKENS, argv: ['connector', 'deploy', 'oauth'], exit: 2 },
  'deploy-code': {
    files: {
      ...TOKENS,
      'oauth/connector.json': {
        ...TOKENS['oauth/connector.json'],
        events: [{ key: 'posted', flow: 'hear', delivery: { verify: [{ scheme: 'code', name: 'oauth.signed' }] } }],
      },
      'oauth/flows/hear.flow.json': { flowdeck: 1, id: 'hear', type: 'webhook', cards: [] },
    },
    argv: ['connector', 'deploy', 'oauth', '--as', 'test'],
    exit: 2,
  },
  'host-option': { argv: ['flows', 'list'], exit: 2 },
  'host-unreachable': { argv: ['flows', 'list', '--url', 'http://127.0.0.1:9/'], setup: OWNER, exit: 2 },
  'host-refused': { argv: ['flows', 'list'], setup: OWNER, host: { status: 401, body: { message: 'No.' } }, exit: 2 },
  'host-flow': { argv: ['flows', 'on', 'x'], setup: OWNER, host: { status: 404, body: { message: 'No.' } }, exit: 2 },
  'run-unrecorded': {
    argv: ['runs', 'show', 'x', '--report', 'r.html'],
    setup: OWNER,
    host: { status: 404, body: { code: 'run-unrecorded' } },
    exit: 2,
  },
  'run-absent': { argv: ['runs', 'show', 'x'], setup: OWNER, host: { status: 404, body: {} }, exit: 2 },
  'nothing-to-serve': { files: FLOW, argv: ['serve', 'a.flow.json'], exit: 2 },
  'runtime-option': { files: FLOW, argv: ['work', 'a.flow.json', '--runtime', 'redis://localhost'], exit: 2 },
  'serve-option': { files: FLOW, argv: ['serve', 'a.flow.json', '--port', '70000'], exit: 2 },
  'allow-host': run('--allow-host', ''),
  'pack-not-found': run('--pack', './gone.mjs'),
  'file-unreadable': { files: { a: '' }, argv: ['run', 'a/b.flow.json'], exit: 2 },
  'file-too-large': {
    files: { 'a.flow.json': new Uint8Array(33 * 1024 * 1024).fill(32) },
    argv: ['run', 'a.flow.json'],
    exit: 3,
  },
  'not-utf8': { files: { 'a.flow.json': new Uint8Array([0x7b, 0xff, 0x7d]) }, argv: ['run', 'a.flow.json'], exit: 3 },
  'no-flows': { files: { 'd/readme.md': '' }, argv: ['run', 'd'], exit: 2 },
  'no-card': { argv: ['cards', 'no such card'], exit: 2 },
  'unknown-format': { files: FLOW, argv: ['graph', 'a.flow.json', '--format', 'pdf'], exit: 2 },
  'file-unwritable': { files: { ...FLOW, file: '' }, argv: ['export', 'a.flow.json', '-o', 'file/a.flopack'], exit: 2 },
  'output-missing': { files: FLOW, before: [EXPORTED], argv: ['import', 'a.flopack'], exit: 2 },
  'output-exists': {
    files: FLOW,
    before: [EXPORTED, ['import', 'a.flopack', '-o', 'flows']],
    argv: ['import', 'a.flopack', '-o', 'flows'],
    exit: 2,
  },
  'originals-file': {
    files: { 'flows/a.flow.json': GREET, 'flows/originals.json': [] },
    argv: ['export', 'flows', '-o', 'a.flopack'],
    exit: 2,
  },
  'simulate-option': run('--mock', 'm.json'),
  'git-failed': { files: FLOW, argv: ['diff', '--git', 'no-such-revision', 'a.flow.json'], exit: 2 },
  'report-option': run('--report-steps', '5'),
  'mock-file': { ...run(...MOCKED), files: { ...FLOW, 'm.json': '{' } },
  'moment-option': { ...run('--simulate', '--now', '2030-02-30'), files: FLOW },
  'table-option': { ...run('--table', 'users'), files: TABLES },
  'unknown-table': { ...run('--table', 'gone=u.csv'), files: TABLES },
  'table-file': { ...run('--table', 'users=u.csv'), files: TABLES },
  'no-tests': { argv: ['test'], exit: 2 },
  'test-option': { argv: ['test', '--coverage', 'lines=9'], exit: 2 },
  'update-in-ci': { argv: ['test', '--update'], setup: { env: { CI: '1' } }, exit: 2 },
  'record-in-ci': { argv: ['test', '--record'], setup: { env: { CI: '1' } }, exit: 2 },
  'recording-mixed': {
    files: {
      'a.test.json': {
        cases: [{ id: 'a', card: 'text.trim', recorded: { from: 'live' }, mocks: [], expect: { outputs: {} } }],
      },
    },
    argv: ['test', '--record'],
    exit: 2,
  },
  'only-in-ci': {
    files: { 'a.test.json': { cases: [{ id: 'a', card: 'text.trim', only: true, expect: { outputs: {} } }] } },
    argv: ['test'],
    setup: { env: { CI: 'true' } },
    exit: 2,
  },
  'fail-on-option': { files: FLOW, argv: ['diff', 'a.flow.json', 'a.flow.json', '--fail-on', 'all'], exit: 2 },
  internal: { argv: ['run', '-'], setup: { stdin: new Error('Oops.') }, exit: 1 },
};

for (const [code, way] of Object.entries(PROVOKED)) {
  test(code, async () => {
    const { code: exit, stdout, stderr } = await ranIn(way);
    assert.ok(stderr.includes(`[${code}]`), `said: ${stderr}${stdout}`);
    assert.is(exit, way.exit);
  });
}

async function ranIn({ files = {}, before = [], argv, setup, host }: Way): Promise<Ran> {
  const directory = new Directory(files);
  try {
    const inside = { ...setup, cwd: directory.path };
    for (const each of before) {
      const { code, stderr } = await flowdeck(each, inside);
      assert.is(code, 0, stderr);
    }
    return host === undefined ? await flowdeck(argv, inside) : await askedOf(host, argv, inside);
  } finally {
    directory.remove();
  }
}

async function askedOf(host: NonNullable<Way['host']>, argv: readonly string[], setup: RunSetup): Promise<Ran> {
  const server = createServer((_, response) => response.writeHead(host.status).end(JSON.stringify(host.body)));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo; // it listens on a port
  try {
    return await flowdeck([...argv, '--url', `http://127.0.0.1:${port}`], setup);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('the table provokes every code, and no other', () => {
  assert.equal([...Object.keys(PROVOKED), ...ELSEWHERE].sort(), Object.keys(CLI_CODES).sort());
});

test.run();
