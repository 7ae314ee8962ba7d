/** What a host says about one run, and hears of it: a listener of its own, metadata that everybody sees. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard, type FlowEvent, type HttpRequest, type Logger, type RunOrigin } from '../index.js';
import type { CardOrigin, RunRecord, Runtime } from '../ports/index.js';
import { deck, flow, from, helper, testEngine } from '../testing/cards.js';

const TWO = flow([
  { id: 'a', card: 't.give', in: { value: 1 } },
  { id: 'b', card: 't.give', in: { value: from('/a/output') } },
]);

const ask = defineCard({
  id: 'x.ask',
  title: 'Ask',
  description: 'Asks a service, and says for whom.',
  kind: 'effect',
  inputs: [],
  outputs: [{ key: 'tenant', type: 'any' }],
  async run(ctx) {
    ctx.logger.log('info', 'asked');
    await ctx.http.request({ method: 'GET', url: 'https://service.example/', headers: {} });
    return { tenant: ctx.metadata['tenant'] ?? null };
  },
});

const silent: Logger = { log() {} };

function told(events: readonly FlowEvent[]): string[] {
  return events.map((event) =>
    `${event.type} ${'phase' in event ? event.phase : ''} ${'card' in event ? event.card : ''}`.trim(),
  );
}

test('onEvent hears a run from its first card to its end, and no other run', async () => {
  const engine = testEngine();
  const loaded = engine.load(TWO);
  const mine: FlowEvent[] = [];
  const [first] = await Promise.all([
    engine.run(loaded, { onEvent: (event) => mine.push(event) }),
    engine.run(loaded),
    engine.run(loaded, { onEvent: () => undefined }),
  ]);
  assert.equal(
    told(mine).map((line) => line.trim()),
    ['execution started', 'card started a', 'card ended a', 'card started b', 'card ended b', 'execution ended'],
  );
  assert.ok(mine.every((event) => event.runId === first.runId));
});

for (const [when, isHeardFirst] of [
  ['begins to listen', false],
  ['stops listening', true],
] as const) {
  test(`a run gives the same when somebody ${when} before its first wait`, async () => {
    let stop = () => {};
    const listen = () => {
      stop = engine.on('*', () => undefined);
    };
    const turn = defineCard({
      id: 'x.turn',
      title: 'Turn',
      description: 'Begins to listen to the engine, or stops; then takes a turn of the event loop.',
      kind: 'effect',
      inputs: [],
      outputs: [{ key: 'output', type: 'text' }],
      run: async (ctx) => {
        if (isHeardFirst) stop();
        else listen();
        await ctx.clock.yield();
        return { output: 'turned' };
      },
    });
    const engine = testEngine({ cards: [turn] });
    if (isHeardFirst) listen();
    const result = await engine.run(engine.load(flow([{ id: 'a', card: 'x.turn' }])));
    stop();
    assert.equal([result.status, result.outputs], ['success', { output: 'turned' }]);
  });
}

test('its own listener comes before those of the engine, which still hear everything', async () => {
  const engine = testEngine();
  const order: string[] = [];
  engine.on('execution', (event) => order.push(`engine ${event.phase}`));
  await engine.run(engine.load(TWO), {
    onEvent: (event) => event.type === 'execution' && order.push(`own ${event.phase}`),
  });
  assert.equal(order, ['own started', 'engine started', 'own ended', 'engine ended']);
});

test('a listener of one type only is not told of the cards of a run whose own listener is', async () => {
  const engine = testEngine();
  const heard: string[] = [];
  engine.on('execution', (event) => heard.push(event.phase));
  await engine.run(engine.load(TWO), { onEvent: () => undefined });
  assert.equal(heard, ['started', 'ended']);
});

test('an own listener that throws or rejects is logged once and touches nothing', async () => {
  const lines: string[] = [];
  const engine = testEngine({ ports: { logger: { log: (level, message) => void lines.push(`${level} ${message}`) } } });
  const loaded = engine.load(TWO);
  const throwing = () => {
    throw new Error('no');
  };
  assert.is((await engine.run(loaded, { onEvent: throwing })).status, 'success');
  assert.is(lines.length, 1);
  assert.match(lines[0] ?? '', /^error An event handler failed/);
  assert.is((await engine.run(loaded, { onEvent: async () => throwing() })).status, 'success');
  await new Promise((resolve) => setImmediate(resolve));
  assert.is(lines.length, 2);
});

test('metadata stands in every event of the run, those of called flows included, and in no event without', async () => {
  const engine = testEngine();
  const loaded = engine.load(
    deck([{ id: 'call', card: 't.call', in: { flow: { flow: 'h' } } }], helper('h', [{ id: 'x', card: 't.give' }])),
  );
  const shared: FlowEvent[] = [];
  const own: FlowEvent[] = [];
  engine.on('*', (event) => shared.push(event));
  await engine.run(loaded, { metadata: { tenant: 'acme' }, onEvent: (event) => own.push(event) });
  assert.ok(own.length > 6);
  assert.equal(shared, own);
  assert.ok(own.every((event) => event.metadata?.['tenant'] === 'acme'));
  shared.length = 0;
  await engine.run(loaded, { metadata: {} });
  await engine.run(loaded);
  assert.ok(shared.length > 12);
  assert.ok(shared.every((event) => !('metadata' in event)));
});

test('cards, HTTP, connections and the log know the run and its metadata', async () => {
  const requests: (CardOrigin | undefined)[] = [];
  const asked: [string, RunOrigin][] = [];
  const logged: unknown[] = [];
  const engine = testEngine({
    cards: [ask],
    ports: {
      http: {
        async request({ url }: HttpRequest, origin) {
          requests.push(origin);
          return { status: 200, statusText: 'OK', headers: {}, body: new Uint8Array(), url };
        },
      },
      connections: {
        get(name, origin) {
          asked.push([name, origin]);
          return { connector: 'svc', auth: { token: 'secret-token' } };
        },
      },
      logger: { log: (_level, _message, details) => void logged.push(details) },
    },
  });
  const loaded = engine.load(flow([{ id: 'ask', card: 'x.ask', connection: 'mine' }]));
  const metadata = { tenant: 'acme', tags: ['a', { deep: null }] };
  const { outputs } = await engine.run(loaded, { runId: 'r1', metadata });
  assert.equal(outputs, { tenant: 'acme' });
  assert.equal(requests, [
    {
      runId: 'r1',
      flow: 'main',
      metadata,
      executionId: 'r1',
      cardFlow: 'main',
      card: 'ask',
      cardType: 'x.ask',
      key: 'r1/ask',
      attempt: 1,
    },
  ]);
  assert.equal(asked, [['mine', { runId: 'r1', flow: 'main', metadata }]]);
  assert.equal(logged, [{ metadata, execution: 'r1', card: 'ask' }]);
  logged.length = 0;
  assert.equal((await engine.run(loaded, { runId: 'r2' })).outputs, { tenant: null });
  assert.equal(requests.at(-1)?.metadata, {});
  assert.equal(logged, [{ execution: 'r2', card: 'ask' }]);
});

test('a runtime keeps the metadata of a run with what else it needs to resume it', async () => {
  const records: RunRecord[] = [];
  const runtime: Runtime = {
    transient: false,
    open(record) {
      records.push(record);
      return {
        keyed: true,
        step: (_id, effect) => effect(),
        sleep: async () => undefined,
        signal: async () => null,
      };
    },
    close() {},
    signal() {},
  };
  const engine = testEngine({ ports: { runtime, logger: silent } });
  const loaded = engine.load(TWO);
  await engine.run(loaded, { metadata: { tenant: 'acme' } });
  await engine.run(loaded);
  assert.equal(records[0]?.metadata, { tenant: 'acme' });
  assert.not.ok('metadata' in (records[1] ?? {}));
});

test('a signal that comes while a durable runtime is still opening the run is delivered when it is open', async () => {
  const told: string[] = [];
  let opened = () => {};
  const slow: Runtime = {
    transient: false,
    open: () =>
      new Promise((resolve) => {
        opened = () => {
          told.push('open');
          resolve({
            keyed: true,
            step: (_id, effect) => effect(),
            sleep: async () => undefined,
            signal: async () => null,
          });
        };
      }),
    close() {},
    signal: (_run, name, value) => void told.push(`${name} ${value}`),
  };
  const engine = testEngine({ ports: { runtime: slow } });
  const handle = engine.start(engine.load(TWO));
  const early = [handle.signal('go', 1), handle.signal('go', 2)];
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(told, []);
  opened();
  await Promise.all([...early, handle.result]);
  assert.equal(told, ['open', 'go 1', 'go 2']);
});

test('a signal for a run that its runtime did not open is the runtime’s to refuse', async () => {
  const refusing: Runtime = {
    transient: false,
    open: async () => {
      throw new Error('The disk is full.');
    },
    close() {},
    signal() {
      throw new Error('There is no such run.');
    },
  };
  const engine = testEngine({ ports: { runtime: refusing } });
  const handle = engine.start(engine.load(TWO));
  const early = Promise.resolve(handle.signal('go', 1)).catch((error: Error) => error.message);
  await handle.result;
  assert.is(await early, 'There is no such run.');
});

test('a run with the runtime null is in memory, wherever others are: it waits, hears signals, and leaves nothing', async () => {
  const never: Runtime = {
    transient: false,
    open() {
      throw new Error('It is not to be opened.');
    },
    close() {
      throw new Error('It is not to be closed.');
    },
    signal() {
      throw new Error('It is not to be told.');
    },
  };
  const wait = defineCard({
    id: 'x.wait',
    title: 'Wait',
    description: 'Waits for a signal.',
    kind: 'control',
    inputs: [],
    outputs: [{ key: 'came', type: 'any' }],
    async run(ctx) {
      return { came: (await ctx.waitFor('go')) ?? null };
    },
  });
  const engine = testEngine({ cards: [wait], ports: { runtime: never } });
  const loaded = engine.load(flow([{ id: 'wait', card: 'x.wait' }]));
  const handle = engine.start(loaded, { runtime: null });
  await handle.signal('go', 7);
  assert.is((await handle.result).value, 7);
  const kept = await engine.run(loaded).catch((error: Error) => error);
  assert.match(kept instanceof Error ? kept.message : String(kept.error?.message), /not to be/);
});

test('metadata is a copy of the run, which neither the host nor a card can change', async () => {
  const changes = defineCard({
    id: 'x.change',
    title: 'Change',
    description: 'Tries to change the metadata of its run.',
    kind: 'control',
    inputs: [],
    outputs: [{ key: 'frozen', type: 'boolean' }],
    run: (ctx) => ({ frozen: Object.isFrozen(ctx.metadata) && Object.isFrozen(ctx.metadata['tags']) }),
  });
  const engine = testEngine({ cards: [changes] });
  const metadata = { tags: ['a'] };
  const events: FlowEvent[] = [];
  const { outputs } = await engine.run(engine.load(flow([{ id: 'c', card: 'x.change' }])), {
    metadata,
    onEvent: (event) => {
      events.push(event);
      metadata.tags[0] = 'changed';
    },
  });
  assert.equal(outputs, { frozen: true });
  assert.equal(events.at(-1)?.metadata, { tags: ['a'] });
});

test('metadata that JSON has no form for is refused, with its place', async () => {
  const engine = testEngine();
  const loaded = engine.load(TWO);
  const round: Record<string, unknown> = {};
  round['self'] = round;
  const refused: readonly [unknown, RegExp][] = [
    ['acme', /is an object, not a value of type string/],
    [['acme'], /is an object, not a list/],
    [null, /is an object, not a null/],
    [new Map(), /is an object, not a Map/],
    [{ a: { at: new Date(0) } }, /At \/a\/at stands a Date/],
    [{ list: [1, Number.NaN] }, /At \/list\/1 stands the number NaN/],
    [{ big: 1n }, /At \/big stands a value of type bigint/],
    [{ call: () => 1 }, /At \/call stands a value of type function/],
    [JSON.parse('{"__proto__": 1}'), /At \/__proto__ stands a forbidden name/],
    [round, /holds itself/],
  ];
  for (const [metadata, message] of refused) {
    // What a host without types may do.
    const outcome = await engine.run(loaded, { metadata: metadata as never }).catch((error: unknown) => error);
    assert.is((outcome as { code?: unknown }).code, 'invalid-metadata', String(message));
    assert.match((outcome as Error).message, message);
  }
});

test.run();
