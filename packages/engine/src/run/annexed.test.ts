/** What a runtime remembers is bounded: what is longer lies in its annex, or is an error that names the limit. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { CardNode } from '../document/index.js';
import { type Deck, defineCard, type FlowdeckError, type RunResult } from '../index.js';
import type { CallOutcome, CallRequest, RunAnnex, RunRuntime, Runtime, RuntimeCall } from '../ports/index.js';
import { deck, from, helper, testEngine } from '../testing/cards.js';
import type { JsonData } from '../values/index.js';
import { sweepAnnex } from './annex-sweep.js';
import { shortOutcome, takeBack } from './annexed.js';

/** Bytes of one thing that is remembered in these tests, and of a text that is longer. */
const MOST = 3_000;
const LIMITS = { recordBytes: MOST, wallTimeMs: Number.POSITIVE_INFINITY };
const LONG = 5_000;

let performed = 0;
const say = defineCard({
  id: 'x.say',
  title: 'Say',
  description: 'Gives a text so many times, or fails with it.',
  kind: 'effect',
  inputs: [
    { key: 'text', type: 'text', required: true },
    { key: 'times', type: 'number', default: 1 },
    { key: 'fail', type: 'boolean' },
  ],
  outputs: [{ key: 'output', type: 'text' }],
  errors: { 'test-failure': 'It was told to fail.' },
  async run(text, times, fail) {
    performed++;
    const said = text.repeat(times ?? 1);
    if (fail) throw Object.assign(new Error(said), { code: 'test-failure' });
    return { output: said };
  },
});
const length = defineCard({
  id: 'x.length',
  title: 'Length',
  description: 'How long a value is as JSON.',
  kind: 'pure',
  inputs: [{ key: 'value', type: 'any' }],
  outputs: [{ key: 'output', type: 'number' }],
  run: (value) => ({ output: JSON.stringify(value).length }),
});
const engineWith = (runtime?: Runtime) =>
  testEngine({ cards: [say, length], ...(runtime === undefined ? {} : { ports: { runtime } }) });

/** An annex in memory: the id of a text is how many there were before it came first. */
function annexed() {
  const texts: string[] = [];
  const annex: RunAnnex = {
    async put(_runId, text) {
      if (!texts.includes(text)) texts.push(text);
      return `t${texts.indexOf(text)}`;
    },
    read: async (_runId, id) => texts[Number(id.slice(1))] ?? null,
    runs: async () => [],
    async remove() {},
  };
  return { annex, texts };
}

/** Remembers a run as JSON, sends its calls, and says how long the longest thing was that it was handed. */
function runtimeOf(engine: ReturnType<typeof engineWith>, loaded: Deck, annex?: RunAnnex) {
  const kept = new Map<string, string>();
  let longest = 0;
  const crossed = <T>(thing: T): T => {
    const text = JSON.stringify(thing);
    longest = Math.max(longest, text.length);
    return JSON.parse(text) as T; // what was written
  };
  const requests = new Map<string, string>();
  const send = async (call: RuntimeCall): Promise<CallOutcome> => {
    const request: CallRequest = crossed(await call.request());
    const before = requests.get(call.id) ?? JSON.stringify(request);
    assert.is(JSON.stringify(request), before, 'the same in each life');
    requests.set(call.id, before);
    return crossed(await engine.execute(request, { decks: { get: () => loaded }, runtime }));
  };
  const tokens = new Map<string, Promise<CallOutcome>>();
  const runtime: RunRuntime = {
    keyed: true,
    ...(annex === undefined ? {} : { annex }),
    async step(id, effect) {
      const known = kept.get(id) ?? JSON.stringify(crossed(await effect()));
      kept.set(id, known);
      return JSON.parse(known) as JsonData; // it was JSON
    },
    async sleep() {},
    signal: async () => undefined,
    child: send,
    async forEach(_id, count, call, settle) {
      for (let at = 0; at < count; at++) settle(at, await send(call(at)));
    },
    async spawn(call) {
      tokens.set(call.id, send(call));
      return call.id;
    },
    join: (token) => tokens.get(token) ?? Promise.reject(new Error('unknown token')),
  };
  return { runtime, longest: () => longest };
}

const saying = helper(
  'saying',
  [
    { id: 'a', card: 'x.say', in: { text: from('/inputs/text') } },
    { card: 't.return', in: { output: from('/a/output') } },
  ],
  { inputs: [{ key: 'text', type: 'text' }], outputs: [{ key: 'output', type: 'text' }] },
);
const SAY_LONG: CardNode = { id: 'a', card: 'x.say', in: { text: 'y', times: LONG } };
const SAY_SHORT: CardNode = { id: 'a', card: 'x.say', in: { text: 'y' } };
const OUTPUT = [{ key: 'output', type: 'text' }] as const;
/** A result of an effect, a call, two items and a flow that nobody waits for: all take and give the long text. */
const EVERYTHING = deck(
  [
    SAY_LONG,
    { id: 'c', card: 't.call', in: { flow: { flow: 'saying' }, text: from('/a/output') }, outputs: OUTPUT },
    { id: 'e', card: 't.each', in: { list: { value: [1, 2] }, flow: { flow: 'saying' }, text: from('/c/output') } },
    { id: 's', card: 't.spawn', in: { flow: { flow: 'saying' }, text: from('/a/output') } },
    { id: 'l', card: 'x.length', in: { value: from('/e/values') } },
    { card: 't.return', in: { output: from('/l/output') } },
  ],
  saying,
);

test('what is too long lies in the annex, and a later life reads it there', async () => {
  const engine = engineWith();
  const loaded = engine.load(EVERYTHING);
  const here = await engine.run(loaded, { runId: 'r', startedAt: 0, limits: LIMITS });
  assert.is(here.status, 'success');
  const { annex, texts } = annexed();
  const { runtime, longest } = runtimeOf(engine, loaded, annex);
  const there = () => engine.run(loaded, { runId: 'r', startedAt: 0, runtime, limits: LIMITS });
  const facts = ({ outputs, steps, children, status }: RunResult) =>
    JSON.stringify({ outputs, steps, children, status });
  assert.is(facts(await there()), facts(here));
  assert.ok(longest() < MOST, String(longest()));
  const [lives, kept] = [performed, texts.length];
  assert.is(facts(await there()), facts(here));
  assert.equal([performed, texts.length], [lives, kept]);
});

test('without an annex it is an error at its card, remembered, and caught like any other', async () => {
  const engine = engineWith();
  const pure: CardNode = { id: 'b', card: 't.text', in: { value: 'z'.repeat(LONG) } };
  const failed = async (...cards: readonly CardNode[]) => {
    const loaded = engine.load(
      deck(
        cards,
        saying,
        helper('long', [SAY_LONG, { card: 't.return', in: { output: from('/a/output') } }], { outputs: OUTPUT }),
        helper('gives', [SAY_SHORT, pure, { card: 't.return', in: { output: from('/b/output') } }], {
          outputs: OUTPUT,
        }),
      ),
    );
    const { runtime } = runtimeOf(engine, loaded);
    const { status, error } = await engine.run(loaded, { runId: 'r', startedAt: 0, runtime, limits: LIMITS });
    return [status, error?.code, error?.message.split(' (')[0], error?.at.card ?? null];
  };
  const limit = (what: string) => `${what} is longer than the limit recordBytes`;
  assert.equal(await failed(SAY_LONG), ['error', 'limit', limit('What the card gives'), 'a']);
  assert.equal(await failed({ ...SAY_LONG, in: { text: 'y', times: LONG, fail: true } }), [
    'error',
    'limit',
    limit('What the card fails with'),
    'a',
  ]);
  const call: CardNode = { id: 'c', card: 't.call', in: { flow: { flow: 'saying' }, text: from('/b/output') } };
  assert.equal(await failed(pure, call), ['error', 'limit', limit('What flow "saying" is called with'), 'c']);
  assert.equal(await failed({ id: 'c', card: 't.call', in: { flow: { flow: 'long' } } }), [
    'error',
    'limit',
    limit('What the card gives'),
    'a',
  ]);
  const giving: CardNode = { id: 'c', card: 't.call', in: { flow: { flow: 'gives' } } };
  assert.equal(await failed(giving), ['error', 'limit', limit('What flow "gives" gives'), 'c']);
  assert.equal(await failed(pure, { card: 't.return', in: { output: from('/b/output') } }), [
    'error',
    'limit',
    limit('What the run gives'),
    null,
  ]);
  const caught: CardNode = {
    id: 't',
    card: 't.try',
    blocks: {
      try: { cards: [SAY_LONG] },
      catch: { cards: [{ card: 't.return', in: { why: from('/error/message') } }] },
    },
    outputs: [{ key: 'why', type: 'text' }],
  };
  assert.is((await failed(caught))[0], 'success');
});

test('the limit is of bytes: what is written wide is longer', async () => {
  const engine = engineWith();
  const loaded = engine.load(deck([{ id: 'a', card: 'x.say', in: { text: '\u0001', times: 400 } }]));
  const statusAt = async (recordBytes: number) =>
    (await engine.run(loaded, { runtime: runtimeOf(engine, loaded).runtime, limits: { recordBytes } })).status;
  const bytes = JSON.stringify({ value: { output: '\u0001'.repeat(400) } }).length;
  assert.is(await statusAt(bytes), 'success');
  assert.is(await statusAt(bytes - 1), 'error');
});

test('what a run starts with, and a signal for it, are refused before anything is remembered', async () => {
  let opened = 0;
  const given: string[] = [];
  const runtime: Runtime = {
    transient: false,
    open() {
      opened++;
      return { ...runtimeOf(engineWith(), loaded).runtime, signal: () => new Promise(() => {}) };
    },
    close() {},
    signal: (_runId, name) => void given.push(name),
  };
  const engine = engineWith(runtime);
  const loaded = engine.load({
    ...deck([{ card: 't.wait', in: { name: 'go' } }]),
    flows: [
      {
        id: 'main',
        type: 'manual',
        inputs: [{ key: 'text', type: 'text' }],
        cards: [{ id: 'a', card: 'x.say', in: { text: from('/inputs/text') } }],
      },
    ],
  });
  const limits = { recordBytes: MOST };
  const refused = await engine.run(loaded, { inputs: { text: 'z'.repeat(LONG) }, limits });
  assert.equal([refused.error?.code, opened], ['limit', 0]);
  const handle = engine.start(loaded, { inputs: { text: 'short' }, limits });
  assert.throws(() => handle.signal('go', 'z'.repeat(LONG)), /The signal "go" is longer than the limit recordBytes/);
  assert.equal(given, []);
  handle.cancel();
  await handle.result;
});

test('a worker without the annex gives the run up: that is no error of the flow', async () => {
  const engine = engineWith();
  const loaded = engine.load(EVERYTHING);
  const { annex } = annexed();
  const { runtime } = runtimeOf(engine, loaded, annex);
  const live = (own: RunRuntime) => engine.run(loaded, { runId: 'r', startedAt: 0, runtime: own, limits: LIMITS });
  assert.is((await live(runtime)).status, 'success');
  const { annex: _, ...without } = runtime;
  for (const own of [without, { ...runtime, annex: { ...annex, read: async () => null } }]) {
    const reason = await live(own).then(
      () => null,
      (error: unknown) => error,
    );
    assert.is(reason instanceof Error && 'code' in reason && reason.code, 'annex-missing');
  }
});

test('runs that are over are forgotten, and those that are not are kept; where nothing is kept nobody is asked', async () => {
  const sweep = async (...kept: readonly string[]) => {
    const removed: string[] = [];
    const asked: (readonly string[])[] = [];
    const annex = { runs: async () => kept, remove: async (runId: string) => void removed.push(runId) };
    await sweepAnnex(annex, async (runIds) => {
      asked.push(runIds);
      return new Set(['b', 'x']);
    });
    return { removed, asked };
  };
  assert.equal(await sweep('a', 'b', 'c'), { removed: ['a', 'c'], asked: [['a', 'b', 'c']] });
  assert.equal(await sweep(), { removed: [], asked: [] });
});

test('what is too long, or is gone, is told with its flow and its run', async () => {
  const own = { runId: 'r', limits: { recordBytes: 10 }, annex: undefined };
  const outcome: CallOutcome = {
    ...{ v: 1, kind: 'end', outputs: { a: 'z'.repeat(100) }, answer: null, error: null, steps: 1 },
    ...{ respond: null, spawned: [], told: null, annexed: null },
  };
  const thrown = async (work: Promise<unknown>): Promise<FlowdeckError> =>
    work.then(
      () => Promise.reject(new Error('It did not fail.')),
      (error: FlowdeckError) => error,
    );
  assert.equal((await thrown(shortOutcome(outcome, own, 'f'))).at, { flow: 'f' });
  const missing = await thrown(takeBack('t1', own));
  assert.equal([missing.code, missing.at], ['annex-missing', { run: 'r' }]);
  assert.match(missing.message, 'the runtime was given no annex');
  assert.match(missing.hint ?? '', 'or restore it');
  const { message } = await thrown(takeBack('t1', { ...own, annex: annexed().annex }));
  assert.match(message, '"t1" is not in the annex of the runtime');
});

test('a flow beside the run that is started with too much fails by itself', async () => {
  const engine = engineWith();
  const loaded = engine.load(
    deck(
      [
        { id: 'b', card: 't.text', in: { value: 'z'.repeat(LONG) } },
        { id: 's', card: 't.spawn', in: { flow: { flow: 'saying' }, text: from('/b/output') } },
      ],
      saying,
    ),
  );
  const runtime: RunRuntime = {
    ...runtimeOf(engine, loaded).runtime,
    async spawn(call) {
      await call.request();
      return call.id;
    },
  };
  const { status, children } = await engine.run(loaded, { runtime, limits: LIMITS });
  assert.equal(
    [status, children.map((child) => [child.flow, child.status, child.error?.code])],
    ['success', [['saying', 'error', 'limit']]],
  );
});

test.run();
