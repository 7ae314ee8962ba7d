/** One card by itself: bound as the engine binds it, with what a test gives and nothing else. */
import {
  type CardType,
  createEngine,
  defineCard,
  definePack,
  FlowdeckError,
  type FlowFile,
  Leave,
  memoryTables,
  type Outputs,
  type Value,
  type ValueObject,
} from '@flowdeck/engine';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { instantClock } from '../clock/instant-clock.js';
import { ManualClock } from '../clock/manual-clock.js';
import { scriptedHttp } from '../doubles/scripted-http.js';
import { seededSource } from '../doubles/seeded-random.js';
import { cardFlow } from '../run/program.js';
import { callingEach, type FakeBlock, FakeFlow, fakeContext, returned } from './fake-context.js';
import { runCard } from './run-card.js';

const T = { title: 'T', description: 'D.', outputs: [{ key: 'output', type: 'any' }] } as const;

function failureOf(work: () => unknown): FlowdeckError {
  try {
    work();
  } catch (error) {
    assert.instance(error, FlowdeckError);
    // The class is asserted above.
    return error as FlowdeckError;
  }
  throw new Error('Nothing failed.');
}

/** What cards of every shape got, in the order of their runs. */
const got: unknown[][] = [];
const note = (...args: unknown[]): Outputs => {
  got.push(args);
  return {};
};
const plain = defineCard({
  ...T,
  id: 'kit.plain',
  kind: 'pure',
  inputs: [
    { key: 'text', type: 'text', required: true },
    { key: 'amount', type: 'number' },
    { key: 'flag', type: 'boolean', default: true },
    { key: 'items', type: 'number', list: true, group: 'More' },
    { key: 'whatever', type: 'any' },
    { key: 'day', type: 'date' },
  ],
  outputs: [],
  run: note,
});
const named = defineCard({
  ...T,
  id: 'kit.named',
  kind: 'pure',
  named: true,
  inputs: [
    { key: 'text', type: 'text', required: true },
    { key: 'size', group: 'More', type: 'number', default: 3 },
  ],
  extraInputs: { type: 'text', group: 'extra' },
  outputs: [{ key: 'a', type: 'number' }],
  seesOutputs: true,
  run: (...args) => ({ a: null, ...note(...args) }),
});
const kit = definePack({ name: 'kit', namespace: 'kit', version: '1.0.0', cards: [plain, named] });

/** What the card gets from the engine, or the code of the error. */
async function byEngine(card: CardType, inputs: ValueObject): Promise<unknown> {
  got.length = 0;
  const engine = createEngine({ packs: [kit] });
  // What `cardFlow` makes is a flow file.
  const result = await engine.run(engine.load(cardFlow(card.id, inputs) as FlowFile), { inputs });
  return result.error?.code ?? got[0];
}

function byKit(card: CardType, inputs: ValueObject): unknown {
  got.length = 0;
  try {
    runCard(card, inputs);
  } catch (error) {
    return error instanceof FlowdeckError ? error.code : error;
  }
  return got[0];
}

// Values of every kind, as JSON gives them: some convert, some do not.
const value: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(null, '', '7', 'x', 'true', 0, 1.5, true, false, '2030-01-01', '2030-13-01'),
  fc.constantFrom<Value>([], ['1', 2], ['x'], {}, { a: 1 }),
);

test('a card gets what the engine would give it, or fails as it would', async () => {
  const given = fc.record(
    { text: value, amount: value, flag: value, 'More/items': value, whatever: value, day: value },
    { requiredKeys: ['text'] },
  );
  await fc.assert(
    fc.asyncProperty(given, async (inputs) => assert.equal(byKit(plain, inputs), await byEngine(plain, inputs))),
  );
  const more = fc.record(
    { text: value, 'More/size': value, 'extra/a': value, 'extra/b/c': value },
    { requiredKeys: ['text'] },
  );
  await fc.assert(
    fc.asyncProperty(more, async (inputs) => assert.equal(byKit(named, inputs), await byEngine(named, inputs))),
  );
});

test('an input that the card does not take is refused, with those that it does', () => {
  const unknown = failureOf(() => runCard(plain, { text: 'a', amonut: 1 }));
  assert.equal([unknown.code, unknown.at.field], ['unknown-field', 'amonut']);
  assert.match(unknown.hint ?? '', 'text, amount, flag, More/items');
  assert.is(failureOf(() => runCard(named, { text: 'a', 'extr/a': 1 })).code, 'unknown-field');
  assert.match(failureOf(() => runCard(named, { a: 1 })).hint ?? '', 'extra/...');
  const none = defineCard({ ...T, id: 'kit.none', kind: 'pure', inputs: [], run: () => ({ output: 1 }) });
  assert.is(failureOf(() => runCard(none, { a: 1 })).hint, 'It has no inputs.');
  assert.equal(runCard(none, {}), { output: 1 });
});

test('a card that sees its outputs gets those of the test, else the declared ones', () => {
  const fields = defineCard({
    ...T,
    id: 'kit.fields',
    kind: 'pure',
    inputs: [],
    extraOutputs: { type: 'any' },
    seesOutputs: true,
    run: (outputs) => ({ output: outputs.map(({ key }) => key) }),
  });
  assert.equal(runCard(fields, {}), { output: ['output'] });
  assert.equal(runCard(fields, {}, { outputs: [{ key: 'a', type: 'text' }] }), { output: ['a'] });
});

const ask = defineCard({
  ...T,
  id: 'kit.ask',
  kind: 'effect',
  connection: { connector: 'kit', optional: true },
  inputs: [{ key: 'path', type: 'text', required: true }],
  run: async (path, ctx) => {
    const token = ctx.connection?.auth['token'] ?? 'none';
    const headers = { authorization: `Bearer ${String(token)}`, 'idempotency-key': ctx.key };
    const { status } = await ctx.http.request({ method: 'GET', url: `https://a.example.com${path}`, headers });
    return { output: [status, ctx.clock.now(), ctx.random.number()] };
  },
});

test('a card is given the connection that it declares to take, and no other', async () => {
  const take = defineCard({
    ...T,
    id: 'kit.take',
    kind: 'effect',
    connection: { connector: 'acme' },
    inputs: [],
    run: (ctx) => ({ output: [ctx.connection.connector] }),
  });
  const none = defineCard({ ...T, id: 'kit.none', kind: 'effect', inputs: [], run: () => ({ output: [] }) });
  const acme = { connection: { connector: 'acme', auth: {} } };
  assert.equal(await runCard(take, {}, acme), { output: ['acme'] });
  assert.throws(() => runCard(take, {}), /"kit.take" needs a connection/);
  assert.throws(
    () => runCard(take, {}, { connection: { connector: 'other', auth: {} } }),
    /of "other", and card "kit.take" takes one of "acme"/,
  );
  assert.throws(() => runCard(none, {}, acme), /"kit.none" takes none/);
});

test('an effect card reaches the ports that the test gives', async () => {
  const http = scriptedHttp([
    {
      request: {
        method: 'GET',
        path: '/x',
        headers: { Authorization: 'Bearer t0ken', 'Idempotency-Key': 'run-1/card' },
      },
      response: { status: 201 },
    },
  ]);
  const outputs = await runCard(
    ask,
    { path: '/x' },
    {
      http,
      connection: { connector: 'kit', auth: { token: 't0ken' } },
      clock: new ManualClock({ start: 7 }),
      random: seededSource('s'),
    },
  );
  assert.equal(outputs, { output: [201, 7, seededSource('s').number()] });
  assert.equal(http.problems(), []);
});

test('what the test does not give is missed by its name', async () => {
  const missed = async (work: () => unknown, message: string) => {
    try {
      await work();
    } catch (error) {
      assert.match(String(error), message);
      return;
    }
    assert.unreachable(message);
  };
  await missed(() => runCard(ask, { path: '/' }), 'ctx.http, which this test does not give: add { http: ... }');
  await missed(() => runCard(ask, { path: '/' }, { http: scriptedHttp([]) }), 'does not foresee GET /');
  const script = [{ request: { method: 'GET', path: '/' }, response: { status: 200 } }];
  await missed(() => runCard(ask, { path: '/' }, { http: scriptedHttp(script) }), 'ctx.clock');
  await missed(() => runCard(either, { flag: true }), 'ctx.runBlock');
  await missed(
    () => runCard(either, { flag: true }, { blocks: { no: () => ({}) } }),
    'the block "yes"; this test gives no',
  );
});

const either = defineCard({
  ...T,
  id: 'kit.either',
  kind: 'control',
  inputs: [{ key: 'flag', type: 'boolean', required: true }],
  blocks: { yes: { scope: 'inline' }, no: { scope: 'inline' } },
  outputs: [],
  outputsFromBlocks: true,
  run: (flag, ctx) => ctx.runBlock(flag ? 'yes' : 'no', { item: flag }),
});

test('a control card runs the blocks that the test gives, with what it provides to them', async () => {
  const leave = new Leave('stop', {});
  const blocks: Record<string, FakeBlock> = { yes: ({ item = null }) => ({ item }), no: () => leave };
  assert.equal(runCard(either, { flag: true }, { blocks }), { item: true });
  assert.is(runCard(either, { flag: false }, { blocks }), leave);
  assert.equal(fakeContext({ blocks }).blockNames, ['yes', 'no']);
  const failing = { yes: async () => Promise.reject(new Error('boom')) };
  await Promise.resolve(runCard(either, { flag: true }, { blocks: failing })).then(
    () => assert.unreachable(),
    (error: Error) => assert.is(error.message, 'boom'),
  );
});

const through = defineCard({
  ...T,
  id: 'kit.through',
  kind: 'control',
  inputs: [
    { key: 'list', type: 'any', list: true, required: true },
    { key: 'flow', type: 'flow', required: true },
  ],
  run: async (list, flow, ctx) => {
    await ctx.sleep(3_600_000);
    const { value } = await ctx.call(flow);
    const each = await ctx.callEach(flow, list, { concurrency: 2 });
    if (each.length === 0) return ctx.stop();
    return ctx.return({ value, each });
  },
});

test('a control card calls flows, waits and leaves', async () => {
  const clock = instantClock(0);
  const log: unknown[] = [];
  const ctx = {
    clock,
    call: () => returned({ a: 1, b: 2 }),
    ...callingEach((item, index) => returned({ only: [item, index] }), log),
  };
  const flow = new FakeFlow();
  const left = await runCard(through, { list: ['x', 'y'], flow }, ctx);
  assert.equal(
    left,
    new Leave('return', {
      value: { a: 1, b: 2 },
      each: [
        ['x', 0],
        ['y', 1],
      ],
    }),
  );
  assert.equal([clock.waits, log], [[3_600_000], [{ concurrency: 2 }]]);
  assert.equal(await runCard(through, { list: [], flow }, ctx), new Leave('stop', {}));
});

test('the stores in memory serve as they are', async () => {
  const clock = new ManualClock();
  const tables = memoryTables(clock);
  await tables.define({ id: 't', columns: [{ key: 'a', type: 'number' }] });
  const count = defineCard({
    ...T,
    id: 'kit.count',
    kind: 'effect',
    inputs: [],
    run: async (ctx) => {
      await ctx.tables.insert('t', [{ a: ctx.clock.now() }]);
      return { output: (await ctx.tables.search('t', {})).length };
    },
  });
  assert.equal(await runCard(count, {}, { tables, clock }), { output: 1 });
  assert.equal(await runCard(count, {}, { tables, clock }), { output: 2 });
});

test('a context may be made once and given again; what is given beside it wins', () => {
  const ctx = fakeContext({ blocks: { yes: () => ({ a: 1 }) }, cardId: 'mine' });
  assert.equal(runCard(either, { flag: true }, ctx), { a: 1 });
  assert.equal(runCard(either, { flag: true }, { ...ctx, blocks: { yes: () => ({ a: 2 }) } }), { a: 2 });
  assert.is(ctx.cardId, 'mine');
});

test.run();
