/** Connections: found, checked, given to the flows that need them; and the cards of a connector. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type ConnectionUse, defineCard } from '../cards/index.js';
import { ConnectionError, DocumentError, FlowdeckError } from '../errors.js';
import type { Connection, Connections } from '../ports/index.js';
import { deck, flow, from, helper, testEngine } from '../testing/cards.js';
import { readConnector } from './connector.js';

const connector = {
  flowdeck: 1,
  connector: {
    key: 'svc',
    name: 'Service',
    version: '2.1.0',
    auth: { type: 'basic', fields: [{ key: 'username', type: 'text', label: 'Account SID' }] },
    parameters: [
      { key: 'region', type: 'text', required: true },
      { key: 'retries', type: 'number', default: 3 },
      { key: 'pin', type: 'text', secret: true },
    ],
    flows: { authping: 'ping', actions: ['send', 'stop'] },
  },
  flows: [
    {
      id: 'ping',
      type: 'authping',
      cards: [
        {
          card: 't.return',
          in: {
            user: from('/connection/username'),
            region: from('/connection/region'),
            retries: from('/connection/retries'),
          },
        },
      ],
    },
    {
      id: 'send',
      name: 'Send',
      type: 'action',
      options: [{ key: 'mode', type: 'text', default: 'live' }],
      inputs: [
        { key: 'To', type: 'text', required: true },
        { key: 'Body', type: 'text', default: 'none' },
      ],
      outputs: [
        { key: 'sid', type: 'text' },
        { key: 'mode', type: 'text' },
      ],
      cards: [
        {
          id: 'inner',
          card: 't.call',
          in: { flow: { flow: 'helper' }, to: from('/inputs/To') },
          outputs: [{ key: 'sid', type: 'text' }],
        },
        { card: 't.return', in: { sid: from('/inner/sid'), mode: from('/options/mode'), body: from('/inputs/Body') } },
      ],
    },
    {
      id: 'stop',
      type: 'action',
      outputs: [{ key: 'x', type: 'text' }],
      cards: [{ card: 't.continueIf', in: { condition: false } }],
    },
    {
      id: 'helper',
      type: 'helper',
      inputs: [{ key: 'to', type: 'text' }],
      cards: [{ card: 't.return', in: { sid: from('/connection/region') } }],
    },
  ],
};

const packs = [{ name: 'svc-pack', namespace: 'svc', version: '2.1.0', connectors: [connector] }];
const sound: Connection = {
  connector: 'svc',
  auth: { username: 'AC1', password: 'hunter2222' },
  parameters: { region: 'eu' },
};

function engineWith(connections: Readonly<Record<string, unknown>>) {
  return testEngine({ packs, ports: { connections: connections as Record<string, Connection> } });
}

const SEND = flow([{ card: 'svc.send', connection: 'mine', in: { To: '+1' } }]);

async function refused(
  connections: Readonly<Record<string, unknown>>,
  source: unknown = SEND,
): Promise<ConnectionError> {
  const engine = engineWith(connections);
  try {
    await engine.run(engine.load(source));
  } catch (error) {
    assert.instance(error, ConnectionError);
    return error as ConnectionError;
  }
  throw new Error('The run was not refused.');
}

test('an action card runs the flow of its connector with the connection that it names', async () => {
  const engine = engineWith({ mine: sound, other: { ...sound, parameters: { region: 'us' } } });
  const source = flow([
    { id: 'a', card: 'svc.send', connection: 'mine', in: { To: '+1' } },
    { id: 'b', card: 'svc.send', connection: 'other', in: { To: '+1', mode: 'test' } },
    { card: 't.return', in: { a: from('/a'), b: from('/b') } },
  ]);
  const { outputs } = await engine.run(engine.load(source));
  assert.equal(outputs, { a: { sid: 'eu', mode: 'live' }, b: { sid: 'us', mode: 'test' } });
});

test('an action that was stopped gives null for each output', async () => {
  const engine = engineWith({ mine: sound });
  const { outputs, status } = await engine.run(engine.load(flow([{ card: 'svc.stop', connection: 'mine' }])));
  assert.equal([status, outputs], ['success', { x: null }]);
});

test('a system flow runs with the connection of the run', async () => {
  const engine = engineWith({ mine: sound });
  const { outputs } = await engine.run(engine.connector('svc'), { flow: 'ping', connection: 'mine' });
  assert.equal(outputs, { user: 'AC1', region: 'eu', retries: 3 });
});

test('connection-missing: no such connection, also from a port that gives undefined', async () => {
  const error = await refused({});
  assert.is(error.code, 'connection-missing');
  assert.match(error.message, /"mine"/);
  assert.match(error.hint ?? '', /mine/);
  const engine = testEngine({ packs, ports: { connections: { get: () => undefined as unknown as null } } });
  try {
    await engine.run(engine.load(SEND));
    assert.unreachable();
  } catch (thrown) {
    assert.is((thrown as FlowdeckError).code, 'connection-missing');
  }
});

test('connection-missing: names of every object are no connections', async () => {
  const error = await refused({}, flow([{ card: 'svc.send', connection: 'toString', in: { To: '1' } }]));
  assert.is(error.code, 'connection-missing');
});

test('connection-missing: found before anything happens, also for cards in called flows and blocks', async () => {
  const ran: string[] = [];
  const note = defineCard({
    id: 'x.note',
    title: 'X',
    description: 'X.',
    kind: 'pure',
    inputs: [],
    outputs: [],
    run: () => void ran.push('ran'),
  });
  const engine = testEngine({ packs, cards: [note] });
  const inner = {
    card: 't.if',
    in: { condition: false },
    blocks: { then: { cards: [{ card: 'svc.send', connection: 'mine', in: { To: '1' } }] } },
  };
  const source = deck([{ card: 'x.note' }, { card: 't.call', in: { flow: { flow: 'h' } } }], helper('h', [inner]));
  try {
    await engine.run(engine.load(source));
    assert.unreachable();
  } catch (error) {
    assert.is((error as ConnectionError).code, 'connection-missing');
  }
  assert.equal(ran, []);
});

test('connection-mismatch: of another connector', async () => {
  const error = await refused({ mine: { ...sound, connector: 'other' } });
  assert.is(error.code, 'connection-mismatch');
  assert.match(error.message, /"other".*"svc"/);
  assert.match(error.hint ?? '', /"svc"/);
  const engine = engineWith({ mine: { ...sound, connector: 'other' } });
  try {
    await engine.run(engine.connector('svc'), { flow: 'ping', connection: 'mine' });
    assert.unreachable();
  } catch (thrown) {
    assert.is((thrown as ConnectionError).code, 'connection-mismatch');
  }
});

const SHOWN = { key: 'output', type: 'any' } as const;
/** An effect that gives the user name of its connection. */
function user(id: `${string}.${string}`, connection?: ConnectionUse) {
  return defineCard({
    id,
    title: 'User',
    description: 'Whose connection it is.',
    kind: 'effect',
    inputs: [],
    outputs: [SHOWN],
    ...(connection && { connection }),
    run: (ctx) => ({ output: ctx.connection?.auth['username'] ?? 'nobody' }),
  });
}
const USERS = [
  user('x.mine', { connector: 'svc' }),
  user('x.any', { optional: true }),
  user('x.perhaps', { connector: 'svc', optional: true }),
  user('x.none'),
];
const OTHER: Connection = { connector: 'other', auth: { username: 'somebody' } };

test('a card of code gets the connection that it declares to take, and nothing without a declaration', async () => {
  const engine = testEngine({ packs, cards: USERS, ports: { connections: { mine: sound, other: OTHER } } });
  const user = async (card: string, connection?: string) => {
    const loaded = engine.load(flow([{ id: 'u', card, ...(connection && { connection }) }]));
    return (await engine.run(loaded)).outputs?.['output'];
  };
  assert.is(await user('x.mine', 'mine'), 'AC1');
  assert.is(await user('x.any', 'mine'), 'AC1');
  assert.is(await user('x.any', 'other'), 'somebody');
  assert.is(await user('x.any'), 'nobody');
  assert.is(await user('x.perhaps', 'mine'), 'AC1');
  assert.is(await user('x.perhaps'), 'nobody');
  assert.is(await user('x.none', 'mine'), 'nobody');
  for (const card of ['x.mine', 'x.perhaps']) {
    const refused = await user(card, 'other').catch((error: unknown) => error);
    assert.is((refused as { code?: unknown }).code, 'connection-mismatch', card);
  }
});

test('missing-connection and unused-connection: what a document says of a connection is held to the card', () => {
  const engine = testEngine({ packs, cards: USERS });
  const found = (card: string, more: object = {}) =>
    engine
      .check(flow([{ card, ...more }]))
      .diagnostics.map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`);
  assert.equal(found('x.mine'), ['error missing-connection /cards/0']);
  assert.equal(found('x.any'), []);
  assert.equal(found('x.perhaps'), []);
  assert.equal(found('x.none', { connection: 'mine' }), ['warning unused-connection /cards/0/connection']);
  assert.equal(found('t.give', { connection: 'mine' }), ['warning unused-connection /cards/0/connection']);
  const called = deck([{ card: 't.call', connection: 'mine', in: { flow: { flow: 'h' } } }], helper('h', []));
  assert.equal(engine.check(called).diagnostics, [], 'a call takes it along');
});

test('in a called flow a card gets the connection that came along, if it is of its connector', async () => {
  const engine = testEngine({ packs, cards: USERS, ports: { connections: { mine: sound, other: OTHER } } });
  const called = async (card: string, connection: string) => {
    const source = deck(
      [{ id: 'c', card: 't.call', connection, in: { flow: { flow: 'h' } }, outputs: [SHOWN] }],
      helper('h', [{ card }], { outputs: [SHOWN] }),
    );
    return (await engine.run(engine.load(source))).outputs?.['output'];
  };
  assert.is(await called('x.perhaps', 'mine'), 'AC1');
  assert.is(await called('x.perhaps', 'other'), 'nobody');
  assert.is(await called('x.any', 'other'), 'somebody');
});

test('within its own connector a card takes the connection of the run, and cannot do without', async () => {
  const own = {
    ...connector,
    flows: [...connector.flows, { id: 'who', type: 'helper', cards: [{ card: 'x.mine' }] }],
  };
  const engine = testEngine({
    packs: [{ ...packs[0], name: 'svc-pack', namespace: 'svc', version: '2.1.0', connectors: [own] }],
    cards: USERS,
    ports: { connections: { mine: sound } },
  });
  const svc = engine.connector('svc');
  assert.is((await engine.run(svc, { flow: 'who', connection: 'mine' })).outputs?.['output'], 'AC1');
  const { error } = await engine.run(svc, { flow: 'who' });
  assert.is(error?.code, 'connection-missing');
  assert.match(error?.message ?? '', /"x.mine" needs a connection of "svc"/);
});

test('connection-incomplete: a credential or a required parameter is absent', async () => {
  const noUser = await refused({ mine: { ...sound, auth: { password: 'hunter2222' } } });
  assert.is(noUser.code, 'connection-incomplete');
  assert.match(noUser.message, /credential "username" \(Account SID\)/);
  assert.match(noUser.hint ?? '', /"auth"/);
  const noRegion = await refused({ mine: { ...sound, parameters: {} } });
  assert.is(noRegion.code, 'connection-incomplete');
  assert.match(noRegion.message, /parameter "region"/);
  assert.is((await refused({ mine: { ...sound, parameters: undefined } })).code, 'connection-incomplete');
});

test('connection-invalid: a parameter of the wrong type, or one that there is not', async () => {
  const wrong = await refused({ mine: { ...sound, parameters: { region: 'eu', retries: 'many' } } });
  assert.is(wrong.code, 'connection-invalid');
  assert.match(wrong.message, /"retries" is not a number/);
  const unknown = await refused({ mine: { ...sound, parameters: { region: 'eu', regoin: 'us' } } });
  assert.is(unknown.code, 'connection-invalid');
  assert.match(unknown.hint ?? '', /region, retries, pin/);
});

test('connection-invalid: what is no connection at all', async () => {
  for (const broken of [
    { connector: 'svc' },
    { connector: 'svc', auth: null },
    { connector: 'svc', auth: 'token' },
    { auth: {} },
    'svc',
    5,
    [],
    { ...sound, parameters: 'eu' },
  ]) {
    const error = await refused({ mine: broken });
    assert.is(error.code, 'connection-invalid', JSON.stringify(broken));
    assert.match(error.hint ?? '', /"connector".*"auth"/);
    assert.not.match(error.message + (error.hint ?? ''), /token/);
  }
});

test('a port that fails is an error of the connection, not a bare one', async () => {
  const fails = [
    () => {
      throw new Error('vault sealed');
    },
    () => Promise.reject(new Error('vault sealed')),
  ];
  for (const get of fails) {
    const engine = testEngine({ packs, ports: { connections: { get } } });
    try {
      await engine.run(engine.load(SEND));
      assert.unreachable();
    } catch (error) {
      assert.instance(error, ConnectionError);
      assert.is((error as ConnectionError).code, 'connection-unavailable');
      assert.match((error as ConnectionError).message, /"mine".*vault sealed/);
    }
  }
});

test('an error of the port that says what is wrong with the connection is handed on', async () => {
  const dead = new ConnectionError<'connection-missing'>('connection-missing', 'It was taken back.');
  const engine = testEngine({ packs, ports: { connections: { get: () => Promise.reject(dead) } } });
  const error = await engine.run(engine.load(SEND)).catch((thrown: unknown) => thrown);
  assert.is(error, dead);
});

test('a connection of no known connector is given to cards as it is; without one they get null', async () => {
  const seen = defineCard({
    id: 'x.seen',
    title: 'X',
    description: 'X.',
    kind: 'effect',
    inputs: [],
    outputs: [{ key: 'output', type: 'any' }],
    connection: { optional: true },
    run: ({ connection }) => ({ output: connection && [connection.connector, connection.auth['token'] ?? null] }),
  });
  const connections = { mine: { connector: 'unknown', auth: { token: 'abcdefgh' } } };
  const engine = testEngine({ cards: [seen], ports: { connections } });
  const runOf = async (card: object) => (await engine.run(engine.load(flow([{ card: 'x.seen', ...card }])))).value;
  assert.equal(await runOf({ connection: 'mine' }), ['unknown', 'abcdefgh']);
  assert.is(await runOf({}), null);
});

test('a connector that is no connector, or a faulty deck, is refused when the engine is made', () => {
  assert.throws(
    () => readConnector({ flowdeck: 1, flows: [{ id: 'a', type: 'helper', cards: [] }] }),
    (error: unknown) => error instanceof FlowdeckError && error.code === 'not-a-connector',
  );
  assert.throws(
    () => readConnector({ flowdeck: 1, flows: 5 }),
    (error: unknown) => error instanceof DocumentError,
  );
  assert.throws(
    () => readConnector('{'),
    (error: unknown) => error instanceof DocumentError,
  );
  assert.throws(() => testEngine({ packs: [...packs, { ...packs[0]!, name: 'again' }] }), /registered twice/);
});

test('faults of a connector are told with its name when its pack is loaded', () => {
  const pack = (flows: unknown) => ({ ...packs[0]!, connectors: [{ ...connector, flows }] });
  for (const flows of [5, [{ id: 'send', type: 'action', cards: [{ card: 't.gvie' }] }]]) {
    assert.throws(
      () => testEngine({ packs: [pack(flows)] }),
      (error: unknown) =>
        error instanceof DocumentError &&
        error.subject === 'The connector "svc"' &&
        error.message.startsWith('The connector "svc": ') &&
        error.diagnostics.length > 0,
    );
  }
});

test('an unknown connector', () => {
  assert.throws(
    () => testEngine().connector('none'),
    (error: unknown) => error instanceof FlowdeckError && error.code === 'unknown-connector',
  );
});

test('a connector run from its own file is held to its manifest: defaults, what is required, secrets', async () => {
  const connections: Record<string, Connection> = {
    mine: {
      connector: 'svc',
      auth: { username: 'u', password: 'pass-5f3a9c71' },
      parameters: { region: 'eu', pin: 'pin-48151623' },
    },
    bare: { connector: 'svc', auth: { username: 'u', password: 'p' } },
    odd: { connector: 'svc', auth: { username: 'u', password: 'p' }, parameters: { region: 'eu', colour: 'red' } },
  };
  const engine = testEngine({ ports: { connections } });
  const own = engine.load(connector);
  const { outputs } = await engine.run(own, { flow: 'ping', connection: 'mine' });
  assert.equal(outputs, { user: 'u', region: 'eu', retries: 3 });
  for (const [connection, code] of [
    ['bare', 'connection-incomplete'],
    ['odd', 'connection-invalid'],
  ] as const) {
    const error = await engine.run(own, { flow: 'ping', connection }).then(
      () => null,
      (thrown: FlowdeckError) => thrown,
    );
    assert.is(error?.code, code);
  }
  const leaky = {
    ...connector,
    flows: [{ id: 'leak', type: 'authping', cards: [{ card: 't.give', in: { value: from('/connection/pin') } }] }],
  };
  const told = { ...leaky, connector: { ...connector.connector, flows: { authping: 'leak' } } };
  const seen: unknown[] = [];
  engine.on('*', (event) => seen.push(event));
  await engine.run(engine.load(told), { connection: 'mine' });
  assert.not.match(JSON.stringify(seen), 'pin-48151623');
});

const METHODS = {
  ...connector,
  connector: {
    ...connector.connector,
    auth: [
      { key: 'password', type: 'basic' },
      { key: 'token', type: 'custom', fields: [{ key: 'api_key', type: 'text', required: true, secret: true }] },
    ],
    config: [
      { key: 'kind', value: 'fixed' },
      { key: 'made', flow: 'helper', secret: true },
    ],
    flows: { authping: 'ping' },
  },
  flows: [
    {
      id: 'ping',
      type: 'authping',
      cards: [
        {
          card: 't.return',
          in: {
            user: from('/connection/username'),
            api: from('/connection/api_key'),
            kind: from('/connection/kind'),
            made: from('/connection/made'),
          },
        },
      ],
    },
    { id: 'helper', type: 'helper', cards: [] },
  ],
};

test('a connection chooses a method of authentication; without a word it has the first', async () => {
  const parameters = { region: 'eu' };
  const connections: Record<string, Connection> = {
    first: { connector: 'svc', auth: { username: 'u', password: 'p' }, parameters, config: { made: 'made-5471' } },
    second: { connector: 'svc', method: 'token', auth: { api_key: 'k-771' }, parameters },
    lacking: { connector: 'svc', method: 'token', auth: { username: 'u', password: 'p' }, parameters },
    unknown: { connector: 'svc', method: 'tokn', auth: {}, parameters },
  };
  const engine = testEngine({ ports: { connections } });
  const own = engine.load(METHODS);
  assert.equal(own.diagnostics, []);
  const outputs = async (connection: string) => (await engine.run(own, { flow: 'ping', connection })).outputs;
  assert.equal(await outputs('first'), { user: 'u', api: null, kind: 'fixed', made: 'made-5471' });
  assert.equal(await outputs('second'), { user: null, api: 'k-771', kind: 'fixed', made: null });
  for (const [name, code, words] of [
    ['lacking', 'connection-incomplete', /"api_key"/],
    ['unknown', 'connection-invalid', /no method.*"tokn"/],
  ] as const) {
    const error = await outputs(name).then(
      () => null,
      (thrown: FlowdeckError) => thrown,
    );
    assert.is(error?.code, code);
    assert.match(error?.message ?? '', words);
  }
});

/** An action that asks twice, with what its connection says each time. */
const ASKING = {
  ...connector,
  connector: { ...connector.connector, parameters: [], flows: { actions: ['ask'] } },
  flows: [
    {
      id: 'ask',
      type: 'action',
      outputs: [{ key: 'output', type: 'any' }],
      cards: [{ id: 'get', card: 'x.ask', in: { user: from('/connection/username') } }],
    },
  ],
};
const ASK = defineCard({
  id: 'x.ask',
  title: 'Ask',
  description: 'Sends the user name.',
  kind: 'effect',
  inputs: [{ key: 'user', type: 'text' }],
  outputs: [{ key: 'output', type: 'text' }],
  run: async (user, ctx) => {
    const { body } = await ctx.http.request({
      method: 'GET',
      url: 'https://svc.example/',
      headers: { user: user ?? '' },
    });
    return { output: new TextDecoder().decode(body) };
  },
});
const ASKED = [{ name: 'asking', namespace: 'svc', version: '1.0.0', connectors: [ASKING] }];
const echo = {
  request: async ({ headers }: { headers: Readonly<Record<string, string>> }) => ({
    status: 200,
    statusText: '',
    headers: {},
    body: new TextEncoder().encode(headers['user'] ?? ''),
    url: '',
  }),
};
const TWICE = flow([
  { id: 'a', card: 'svc.ask', connection: 'mine' },
  { id: 'b', card: 'svc.ask', connection: 'mine' },
  { card: 't.return', in: { a: from('/a/output'), b: from('/b/output') } },
]);

test('a connection is asked for at every call, if the host says that it may change', async () => {
  for (const [perCall, expected] of [
    [true, { a: 'user-2', b: 'user-3' }],
    [false, { a: 'user-1', b: 'user-1' }],
  ] as const) {
    let asked = 0;
    const get = (): Connection => ({ connector: 'svc', auth: { username: `user-${++asked}`, password: 'p' } });
    const engine = testEngine({ packs: ASKED, cards: [ASK], ports: { connections: { get, perCall }, http: echo } });
    assert.equal((await engine.run(engine.load(TWICE))).outputs, expected);
  }
});

test('a connection that is gone by the next call is an error of that card', async () => {
  let asked = 0;
  const mine: Connection = { connector: 'svc', auth: { username: 'u', password: 'p' } };
  const get = () => (++asked < 3 ? mine : null);
  const engine = testEngine({ packs: ASKED, cards: [ASK], ports: { connections: { get, perCall: true }, http: echo } });
  const { error } = await engine.run(engine.load(TWICE));
  assert.equal([error?.code, error?.at.card], ['connection-missing', 'b']);
});

test("the host's connections stand around the requests of flows that run with one, and renew it", async () => {
  const seen: string[] = [];
  const old: Connection = { connector: 'svc', auth: { username: 'old-user', password: 'p' } };
  const connections: Connections = {
    get: () => old,
    exchange: ({ name, request, origin, send, renewed }) => {
      seen.push(`${name} ${origin.card} ${request.headers['user']}`);
      renewed({ connector: 'svc', auth: { username: 'new-user', password: 'p' } });
      return send({ ...request, headers: { user: 'new-user' } });
    },
  };
  const engine = testEngine({ packs: ASKED, cards: [ASK], ports: { connections, http: echo } });
  const told: unknown[] = [];
  engine.on('*', (event) => told.push(event));
  const { outputs } = await engine.run(engine.load(TWICE));
  assert.equal(seen, ['mine get old-user', 'mine get new-user'], 'the second call reads what the first renewed');
  assert.equal(outputs, { a: 'new-user', b: 'new-user' });
  assert.not.match(JSON.stringify(told), /new-user|old-user/);
  const without = await engine.run(engine.load(flow([{ id: 'free', card: 'x.ask', in: { user: 'nobody' } }])));
  assert.equal(without.outputs, { output: 'nobody' });
  assert.is(seen.length, 2, 'a flow without a connection is none of its business');
});

test('a flow that nobody waits for runs with the connection of the card that started it, as it is when it begins', async () => {
  const users: unknown[] = [];
  const note = defineCard({
    id: 'x.note',
    title: 'Note',
    description: 'Keeps a value.',
    kind: 'pure',
    inputs: [{ key: 'value', type: 'any' }],
    outputs: [],
    run: (value) => {
      users.push(value);
      return {};
    },
  });
  const source = deck(
    [{ card: 't.spawn', connection: 'mine', in: { flow: { flow: 'h' } } }],
    helper('h', [{ card: 'x.note', in: { value: from('/connection/username') } }]),
  );
  let asked = 0;
  const get = (): Connection => ({ ...sound, auth: { username: `user-${++asked}`, password: 'p' } });
  for (const perCall of [false, true]) {
    asked = 0;
    const engine = testEngine({ packs, cards: [note], ports: { connections: { get, perCall } } });
    const { children } = await engine.run(engine.load(source));
    assert.is(children[0]?.status, 'success', String(children[0]?.error?.message));
  }
  assert.equal(users, ['user-1', 'user-2']);
});

test.run();
