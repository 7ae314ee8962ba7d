/** A run on a runtime: what is asked of it, what crosses, and what its rejections mean. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { CardNode } from '../document/index.js';
import { type Deck, defineCard, type FlowEvent, type RunResult } from '../index.js';
import type { CallOutcome, CallRequest, RunRuntime, RuntimeCall } from '../ports/index.js';
import { deck, from, helper, testEngine } from '../testing/cards.js';
import type { JsonData } from '../values/index.js';

/** What was asked of a runtime, in order, and what it kept. */
function remembering(more: Partial<RunRuntime> = {}) {
  const asked: string[] = [];
  const kept = new Map<string, string>();
  const runtime: RunRuntime = {
    keyed: true,
    async step(id, effect) {
      asked.push(`step ${id}`);
      const known = kept.get(id) ?? JSON.stringify(await effect());
      kept.set(id, known);
      return JSON.parse(known) as JsonData;
    },
    async sleep(id, ms) {
      asked.push(`sleep ${id} ${ms}`);
    },
    async signal(id, name) {
      asked.push(`signal ${id} ${name}`);
      return undefined;
    },
    ...more,
  };
  return { runtime, asked, kept };
}

let performed = 0;
const act = defineCard({
  id: 'x.act',
  title: 'Act',
  description: 'Does something to the world.',
  kind: 'effect',
  inputs: [{ key: 'n', type: 'number' }],
  outputs: [{ key: 'output', type: 'any' }],
  errors: { 'test-failure': 'It was told to fail.' },
  async run(n) {
    performed++;
    if (n === 13) throw Object.assign(new Error('Bad luck.'), { code: 'test-failure' });
    return { output: { at: new Date(n ?? 0) } };
  },
});

/** Wants nothing of what the flow gives. */
const forEach = defineCard({
  id: 'x.forEach',
  title: 'For Each',
  description: 'Calls a flow per item.',
  kind: 'control',
  inputs: [
    { key: 'list', type: 'any', list: true, required: true },
    { key: 'flow', type: 'flow', required: true },
  ],
  extraInputs: { type: 'any', forward: 'flow', perItem: true },
  outputs: [{ key: 'values', type: 'any', list: true }],
  run: async (list, flow, ctx) => ({ values: await ctx.callEach(flow, list, { collect: 'none' }) }),
});

const noted: unknown[] = [];
const note = defineCard({
  id: 'x.note',
  title: 'Note',
  description: 'Keeps a value.',
  kind: 'effect',
  inputs: [{ key: 'value', type: 'any' }],
  outputs: [],
  async run(value) {
    noted.push(value);
    return {};
  },
});

const engineWith = () => testEngine({ cards: [act, forEach, note] });
const ACT: readonly CardNode[] = [
  { id: 'a', card: 'x.act', in: { n: from('/inputs/n') } },
  { card: 't.return', in: { output: from('/a/output') } },
];
const acting = helper('acting', ACT, { inputs: [{ key: 'n', type: 'number' }] });

/** Sends calls to `engine.execute`, as JSON. */
function sending(engine: ReturnType<typeof engineWith>, decks: { get(revision: string): never | unknown }) {
  const requests: CallRequest[] = [];
  const base = remembering();
  const send = async (call: RuntimeCall): Promise<CallOutcome> => {
    const text = JSON.stringify(await call.request());
    requests.push(JSON.parse(text) as CallRequest);
    // The decks of these tests are decks.
    const outcome = await engine.execute(JSON.parse(text) as CallRequest, { decks: decks as never, runtime });
    return JSON.parse(JSON.stringify(outcome)) as CallOutcome;
  };
  const tokens = new Map<string, Promise<CallOutcome>>();
  const runtime: RunRuntime = {
    ...base.runtime,
    child: send,
    async forEach(_id, count, call, settle) {
      assert.ok(count > 0, 'of no items nothing is remembered');
      for (let i = 0; i < count; i++) settle(i, await send(call(i)));
    },
    async spawn(call) {
      tokens.set(call.id, send(call));
      return call.id;
    },
    join: (token) => tokens.get(token) ?? Promise.reject(new Error('unknown token')),
  };
  return { ...base, runtime, requests };
}

test('effects, waits and signals are asked for by ids, as JSON; a second life performs nothing', async () => {
  const engine = engineWith();
  const { runtime, asked, kept } = remembering();
  const loaded = engine.load(
    deck([
      { id: 'a', card: 'x.act', in: { n: 5 } },
      { id: 's', card: 't.sleep', in: { ms: 7 } },
      { card: 't.return', in: { output: from('/a/output') } },
    ]),
  );
  performed = 0;
  for (const life of ['first', 'second']) {
    const { outputs } = await engine.run(loaded, { runId: 'r', runtime });
    assert.equal(outputs, { output: { at: new Date(5) } }, life);
  }
  assert.is(performed, 1);
  assert.equal(asked, ['step r/a', 'sleep r/s 7', 'step r/a', 'sleep r/s 7']);
  assert.is(kept.get('r/a'), '{"value":{"output":{"at":{"$date":"1970-01-01T00:00:00.005Z"}}}}');
});

test('the error of an effect is remembered and caught; a rejection of the runtime is not, and nothing is told of an end', async () => {
  const engine = engineWith();
  const source = deck([
    {
      id: 't',
      card: 't.try',
      blocks: {
        try: { cards: [{ id: 'a', card: 'x.act', in: { n: 13 } }] },
        catch: { cards: [{ card: 't.return', in: { why: from('/error/message') } }] },
      },
      outputs: [{ key: 'why', type: 'text' }],
    },
    { card: 't.return', in: { why: from('/t/why') } },
  ]);
  const caught = await engine.run(engine.load(source), { runtime: remembering().runtime });
  assert.equal(caught.outputs, { why: 'Bad luck.' });
  const events: FlowEvent[] = [];
  const away = new Error('The database is away.');
  const lost = engine.run(engine.load(source), {
    runtime: remembering({ step: () => Promise.reject(away) }).runtime,
    onEvent: (event) => events.push(event),
  });
  assert.is(await lost.catch((error: unknown) => error), away);
  assert.equal(
    events.filter((event) => 'phase' in event && event.phase === 'ended'),
    [],
  );
});

test('abandon ends a life whose runtime does not answer any more', async () => {
  const engine = engineWith();
  const abandon = new AbortController();
  const pending = engine.run(engine.load(deck([{ card: 'x.act' }])), {
    runtime: remembering({ step: () => new Promise(() => {}) }).runtime,
    abandon: abandon.signal,
  });
  const reason = new Error('Suspended.');
  abandon.abort(reason);
  assert.is(await pending.catch((error: unknown) => error), reason);
});

test('calls cross as requests and come to the same as here; pure flows stay', async () => {
  const engine = engineWith();
  const loaded = engine.load(
    deck(
      [
        { id: 'p', card: 't.call', in: { flow: { flow: 'pure' } } },
        { id: 'c', card: 't.call', in: { flow: { flow: 'acting' }, n: 3 }, outputs: [{ key: 'output', type: 'any' }] },
        { id: 'e', card: 't.each', in: { list: { value: [1, 2] }, flow: { flow: 'acting' }, n: { item: '' } } },
        { id: 'f', card: 'x.forEach', in: { list: { value: [4] }, flow: { flow: 'acting' }, n: { item: '' } } },
        { id: 's', card: 't.spawn', in: { flow: { flow: 'acting' }, n: 13 } },
        { card: 't.return', in: { call: from('/c/output'), each: from('/e/values'), none: from('/f/values') } },
      ],
      acting,
      helper('pure', [{ card: 't.give' }]),
    ),
  );
  const here = await engine.run(loaded, { runId: 'r' });
  const { runtime, requests } = sending(engine, new Map([[loaded.revision, loaded]]));
  const there = await engine.run(loaded, { runId: 'r', runtime });
  const facts = ({ outputs, steps, children, status }: typeof here) =>
    JSON.stringify({ outputs, steps, children, status });
  assert.is(facts(there), facts(here));
  assert.equal(
    requests.map(({ executionId, kind, outputs, values }) => [executionId, kind, outputs, values]),
    [
      ['r/c', 'call', true, { n: 3 }],
      ['r/e.0', 'call', true, { n: 1 }],
      ['r/e.1', 'call', true, { n: 2 }],
      ['r/f.0', 'call', false, { n: 4 }],
      ['r/s', 'async', false, { n: 13 }],
    ],
  );
});

test('a flow that fails elsewhere fails as here: place, way and error object', async () => {
  const engine = engineWith();
  const loaded = engine.load(
    deck(
      [
        {
          id: 't',
          card: 't.try',
          blocks: {
            try: { cards: [{ id: 'c', card: 't.call', in: { flow: { flow: 'acting' }, n: 13 } }] },
            catch: { cards: [{ card: 't.return', in: { error: from('/error') } }] },
          },
          outputs: [{ key: 'error', type: 'object' }],
        },
        { id: 'again', card: 't.call', in: { flow: { flow: 'acting' }, n: 13 } },
      ],
      acting,
    ),
  );
  const of = async (runtime?: RunRuntime) => {
    const events: FlowEvent[] = [];
    const { error } = await engine.run(loaded, {
      runId: 'r',
      onEvent: (event) => events.push(event),
      ...(runtime && { runtime }),
    });
    const seen = events.find((event) => event.type === 'card' && event.phase === 'ended' && event.card === 't');
    return JSON.stringify([error, seen?.type === 'card' && 'outputs' in seen ? seen.outputs : null]);
  };
  const { runtime } = sending(engine, new Map([[loaded.revision, loaded]]));
  assert.is(await of(runtime), await of());
});

test('depth is checked where a call is made, and steps are added where it comes back', async () => {
  const engine = engineWith();
  const endless = engine.load(
    deck(
      [{ card: 't.call', in: { flow: { flow: 'loop' } } }],
      helper('loop', [{ card: 'x.act' }, { card: 't.call', in: { flow: { flow: 'loop' } } }]),
    ),
  );
  const deep = sending(engine, new Map([[endless.revision, endless]]));
  const { error } = await engine.run(endless, { runtime: deep.runtime, limits: { callDepth: 5 } });
  assert.match(error?.message ?? '', 'callDepth');
  assert.is(deep.requests.length, 5);
  const many = sending(engine, new Map([[endless.revision, endless]]));
  const over = await engine.run(endless, { runtime: many.runtime, limits: { steps: 7 } });
  assert.match(over.error?.message ?? '', 'limit steps');
});

test('a runtime found by position has one line: no window, and flows that nobody waits for come last', async () => {
  const engine = engineWith();
  const { runtime, asked } = remembering({ keyed: false });
  const loaded = engine.load(
    deck(
      [
        { id: 's', card: 't.spawn', in: { flow: { flow: 'twice' } } },
        { id: 'e', card: 't.each', in: { list: { value: [1, 2] }, flow: { flow: 'twice' }, concurrency: 2 } },
      ],
      helper('twice', [
        { id: 'a', card: 'x.act' },
        { id: 'b', card: 'x.act' },
      ]),
    ),
  );
  await engine.run(loaded, { runId: 'r', runtime });
  assert.equal(
    asked,
    ['e.0/a', 'e.0/b', 'e.1/a', 'e.1/b', 's/a', 's/b'].map((id) => `step r/${id}`),
  );
});

test('at most once: an effect that was lost in flight is not repeated; the error says what to look up and is caught', async () => {
  const engine = engineWith();
  const attempt = (cards: readonly CardNode[]) =>
    engine.load(
      deck(
        [
          {
            id: 't',
            card: 't.try',
            blocks: {
              try: { cards },
              catch: { cards: [{ card: 't.return', in: { error: from('/error') } }] },
            },
            outputs: [{ key: 'error', type: 'object' }],
          },
          { card: 't.return', in: { error: from('/t/error') } },
        ],
        acting,
      ),
    );
  const at = (card: CardNode) => attempt([card]);
  /** Two lives: in the first the worker is lost while the effect is under way. */
  const lives = async (loaded: ReturnType<typeof attempt>) => {
    performed = 0;
    const { runtime, kept } = remembering();
    const losing: RunRuntime = {
      ...runtime,
      step: async (id, effect) => {
        if (id.endsWith('~intent')) return runtime.step(id, effect);
        await effect();
        throw new Error('The worker is lost.');
      },
    };
    await engine.run(loaded, { runId: 'r', runtime: losing }).catch(() => undefined);
    const { outputs } = await engine.run(loaded, { runId: 'r', runtime });
    return { performed, kept, error: (outputs as { error?: Record<string, unknown> }).error ?? {} };
  };
  const once = await lives(
    at({ id: 'a', card: 'x.act', atMostOnce: true, onError: { retry: { times: 3, delay: 1, when: 'all' } } }),
  );
  assert.is(once.performed, 1);
  assert.is(once.error['code'], 'unknown-outcome');
  assert.is(once.error['key'], 'r/a');
  assert.match(String(once.error['begunAt']), /^\d{4}-.*Z$/);
  assert.ok(String(once.error['message']).includes(` was under way at ${once.error['begunAt']} when `));
  assert.is((await lives(at({ id: 'a', card: 'x.act' }))).performed, 2);
  const through = (said: boolean): CardNode => ({
    id: 'c',
    card: 't.call',
    in: { flow: { flow: 'acting' } },
    atMostOnce: said,
  });
  assert.is((await lives(at(through(true)))).performed, 1, 'a calling card speaks for the effects in its flow');
  assert.is((await lives(at(through(false)))).performed, 2);
});

/** The same run here and with its calls elsewhere, as far as both can be compared; and what was asked for elsewhere. */
async function bothWays(document: ReturnType<typeof deck>) {
  const engine = engineWith();
  return bothWaysOf(engine, engine.load(document));
}

/** Those of connectors as well. */
function decksOf(engine: ReturnType<typeof engineWith>, loaded: Deck): Map<string, Deck> {
  return new Map(
    [loaded, ...engine.connectors.map(({ key }) => engine.connector(key))].map((each) => [each.revision, each]),
  );
}

async function bothWaysOf(
  engine: ReturnType<typeof engineWith>,
  loaded: Deck,
  limits: { readonly steps?: number } = {},
) {
  const { runtime, requests } = sending(engine, decksOf(engine, loaded));
  const run = async (more: { readonly runtime?: RunRuntime }) => {
    const answers: unknown[] = [];
    const events: string[] = [];
    const result = await engine.run(loaded, {
      ...{ runId: 'r', flow: 'main', limits, ...more },
      onAnswer: (answer) => answers.push(answer),
      onEvent: (event) => {
        if (event.type === 'call') events.push(`${event.calleeExecutionId} ${event.phase}`);
      },
    });
    const { status, outputs, error, children, ignored, steps } = result;
    return {
      told: { status, outputs, error: withPath(error), children: children.map(childOf), ignored, steps, answers },
      events,
    };
  };
  const here = await run({});
  const there = await run({ runtime });
  return { here, there, sent: requests.map(({ executionId }) => executionId) };
}

const withPath = (error: RunResult['error']) =>
  error === null ? null : { code: error.code, message: error.message, at: error.at, path: error.path };
const childOf = ({ flow, status, error }: RunResult['children'][number]) => ({ flow, status, error: withPath(error) });

const ACTS: CardNode = { id: 'a', card: 'x.act' };
const ALL: CardNode = {
  id: 'all',
  card: 't.each',
  in: { list: { value: [1, 13] }, flow: { flow: 'acting' }, ignore: true, n: { item: '' } },
};
const MORE: CardNode = { id: 'more', card: 't.spawn', in: { flow: { flow: 'acting' }, n: 13 } };
/** Cannot be called with a text. */
const picky = helper('picky', [ACTS], { inputs: [{ key: 'o', type: 'object' }] });

test('flows beside a run that are carried out elsewhere end, stop and fail as here, and tell of what they started', async () => {
  const { here, there, sent } = await bothWays(
    deck(
      [
        { id: 'g', card: 't.give', in: { value: 'no object' } },
        { id: 'one', card: 't.spawn', in: { flow: { flow: 'acting' }, n: 1 } },
        { id: 'two', card: 't.spawn', in: { flow: { flow: 'stopping' } } },
        { id: 'three', card: 't.spawn', in: { flow: { flow: 'acting' }, n: 13 } },
        { id: 'four', card: 't.spawn', in: { flow: { flow: 'starting' } } },
        { id: 'five', card: 't.call', in: { flow: { flow: 'starting' } } },
        { id: 'six', card: 't.call', in: { flow: { flow: 'onlyMore' } } },
        { id: 'seven', card: 't.call', in: { flow: { flow: 'onlyIgnoring' } } },
        { id: 'eight', card: 't.spawn', in: { flow: { flow: 'picky' }, o: from('/g/output') } },
      ],
      acting,
      helper('stopping', [
        { id: 'a', card: 'x.act' },
        { card: 't.continueIf', in: { condition: false } },
      ]),
      helper('starting', [ACTS, ALL, MORE]),
      helper('onlyMore', [ACTS, MORE]),
      helper('onlyIgnoring', [ACTS, ALL]),
      picky,
    ),
  );
  const sorted = ({ told }: typeof here) => ({
    ...told,
    children: told.children.map((each) => JSON.stringify(each)).sort(),
    ignored: told.ignored.map((each) => JSON.stringify(each)).sort(),
  });
  assert.is(here.told.children.length, 8);
  assert.equal(here.told.children.map(({ status }) => status).sort(), [
    ...['error', 'error', 'error', 'error', 'error', 'stopped', 'success', 'success'],
  ]);
  assert.is(here.told.ignored.length, 3);
  assert.equal(sorted(there), sorted(here));
  assert.ok(sent.includes('r/four/more') && sent.includes('r/five/more'), sent.join());
});

test('a loop whose flow cannot be called is carried out nowhere, and fails as here', async () => {
  const loop = (ignore: boolean) =>
    deck(
      [
        { id: 'g', card: 't.give', in: { value: 'no object' } },
        {
          id: 'e',
          card: 't.each',
          in: { list: { value: [1, 2] }, flow: { flow: 'picky' }, o: from('/g/output'), ignore },
        },
      ],
      picky,
    );
  const stopped = await bothWays(loop(false));
  assert.is(stopped.here.told.error?.code, 'conversion');
  assert.equal(stopped.there.told, stopped.here.told);
  const ignored = await bothWays(loop(true));
  assert.is(ignored.here.told.ignored.length, 2);
  assert.equal(ignored.there.told, ignored.here.told);
  assert.equal([...stopped.sent, ...ignored.sent], []);
});

test('the error that a flow handles crosses with its call', async () => {
  const bad: CardNode = {
    id: 'bad',
    card: 't.fail',
    in: { message: 'the cause' },
    onError: { then: 'flow', flow: 'handler' },
  };
  const handler = helper('handler', [{ id: 'n', card: 'x.note', in: { value: from('/context/error/message') } }]);
  noted.length = 0;
  const { here, there, sent } = await bothWays(deck([bad], handler));
  assert.equal(noted, ['the cause', 'the cause']);
  assert.equal(there.told, here.told);
  assert.equal(sent.length, 1);
});

test('a connector that is run by itself calls its own flows elsewhere, and is at home there', async () => {
  const document = {
    ...deck([{ id: 'c', card: 't.call', in: { flow: { flow: 'acting' }, n: 13 } }], acting),
    connector: { key: 'svc', name: 'Service', version: '1.0.0', auth: { type: 'basic' }, flows: {} },
  };
  const engine = testEngine({
    cards: [act],
    packs: [{ name: 'svc', namespace: 'svc', version: '1.0.0', connectors: [document] }],
  });
  const { here, there, sent } = await bothWaysOf(engine, engine.connector('svc'));
  assert.equal(sent, ['r/c']);
  assert.equal(
    here.told.error?.path?.map(({ flow, connector }) => [flow, connector]),
    [
      ['main', undefined],
      ['acting', undefined],
    ],
  );
  assert.equal(there.told, here.told);
});

test('an action is carried out elsewhere, unless it is given a flow, which only its own deck knows', async () => {
  noted.length = 0;
  const N = { key: 'n', type: 'number' };
  const action = (id: string, inputs: readonly object[]) => ({
    ...{ id, name: id, type: 'action', inputs },
    cards: [
      { id: 'a', card: 't.call', in: { flow: { flow: 'inner' }, n: from('/inputs/n') } },
      { card: 't.return', in: { user: from('/connection/username') } },
    ],
    outputs: [{ key: 'user', type: 'text' }],
  });
  const manifest = {
    ...{
      flowdeck: 1,
      flows: [action('plain', [N]), action('calling', [N, { key: 'f', type: 'flow' }]), { ...acting, id: 'inner' }],
    },
    connector: {
      ...{ key: 'svc', name: 'Service', version: '1.0.0', auth: { type: 'basic' } },
      flows: { actions: ['plain', 'calling'] },
    },
  };
  const engine = testEngine({
    cards: [act, note],
    packs: [{ name: 'svc', namespace: 'svc', version: '1.0.0', connectors: [manifest] }],
    ports: { connections: { mine: { connector: 'svc', auth: { username: 'u', password: 'p' } } } },
  });
  const loaded = engine.load(
    deck(
      [
        { id: 'one', card: 'svc.plain', connection: 'mine' },
        { id: 'two', card: 'svc.calling', connection: 'mine', in: { f: { flow: 'acting' } } },
        { id: 'said', card: 'x.note', in: { value: from('/one/user') } },
        { id: 'bad', card: 'svc.plain', connection: 'mine', in: { n: 13 } },
      ],
      acting,
    ),
  );
  const { here, there, sent } = await bothWaysOf(engine, loaded);
  assert.is(here.told.error?.code, 'card-failed', here.told.error?.message);
  assert.equal(there.told, here.told);
  assert.equal(noted, ['u', 'u']);
  assert.equal(
    sent.filter((id) => !id.includes('/a')),
    ['r/one', 'r/bad'],
  );
});

test('the steps of calls elsewhere are steps of the run: together they are within its limit', async () => {
  const engine = engineWith();
  const loaded = engine.load(
    deck(
      [{ id: 'e', card: 't.each', in: { list: { value: [1, 2, 3] }, flow: { flow: 'acting' }, n: { item: '' } } }],
      acting,
    ),
  );
  const { steps } = await engine.run(loaded);
  for (const [limit, status] of [
    [steps, 'success'],
    [steps - 1, 'error'],
  ] as const) {
    const { here, there } = await bothWaysOf(engine, loaded, { steps: limit });
    assert.equal([here.told.status, there.told.status], [status, status], `${limit}`);
    if (status === 'error') assert.match(there.told.error?.message ?? '', 'limit steps');
  }
});

test('a call that is carried out elsewhere begins and ends for those who listen, and answers only where it has an answer', async () => {
  const call: CardNode = { id: 'c', card: 't.call', in: { flow: { flow: 'acting' }, n: 1 } };
  const { here, there, sent } = await bothWays(deck([call], acting));
  assert.equal(sent, ['r/c']);
  assert.equal(here.events, ['r/c started', 'r/c ended']);
  assert.equal(there.events, here.events);
  assert.equal(there.told, { ...here.told, answers: [] });
});

test('a request that was changed on its way is refused by name', async () => {
  const engine = engineWith();
  const loaded = engine.load(deck([{ card: 't.call', in: { flow: { flow: 'acting' }, n: 1 } }], acting));
  const decks = new Map([[loaded.revision, loaded]]);
  const { runtime, requests } = sending(engine, decks);
  await engine.run(loaded, { runtime });
  const [request] = requests;
  const code = (changes: object) =>
    engine.execute({ ...request, ...changes } as never, { decks }).then(
      () => 'none',
      (error: { code: string; at: { pointer?: string } }) => `${error.code} ${error.at.pointer ?? ''}`.trim(),
    );
  assert.is(await code({ context: undefined }), 'invalid-request /context');
  assert.is(await code({ context: { index: 'x', caller: null, error: null } }), 'invalid-request /context/index');
  assert.is(await code({ more: 1 }), 'invalid-request /more');
  assert.is(await code({ revision: 'other' }), 'revision-missing');
  assert.is(await code({ flow: 'gone' }), 'unknown-flow');
  assert.is(await code({ values: { gone: 1 } }), 'unknown-input');
  const late = await engine.execute({ ...request, until: 1 } as never, { decks });
  assert.is(late.kind, 'halt');
});

test.run();
