/** Every code of the engine is provoked: by the document, declaration, run or call that its table speaks of. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard, definePack } from './cards/index.js';
import { ENGINE_CODES, type EngineCode } from './codes.js';
import { readConnector } from './connect/connector.js';
import { type ParseOptions, parseDocument } from './document/index.js';
import { createEngine } from './engine.js';
import { DeclarationError, DocumentError, FlowdeckError } from './errors.js';
import { checkExpression, compileExpression } from './expression/index.js';
import type { CallRequest, Connection, HttpPort, RunRuntime, Runtime } from './ports/index.js';
import { memoryTables } from './ports/memory/index.js';
import {
  interpreterDiffers,
  runOver,
  runtimeAway,
  runtimeDiffers,
  runtimeRefused,
  runUnknown,
} from './ports/runtime-errors.js';
import type { RunResult } from './run/result.js';
import { openSealed } from './run/sealing.js';
import { deck, flow, from, helper, testEngine } from './testing/cards.js';
import { compare } from './values/compare.js';
import { type JsonData, namedConversion, parsePath, parsePointer, setPath } from './values/index.js';

/** A fault as a test sees it: the code, and an error or a severity. */
interface Found {
  readonly code: string;
  readonly by: FlowdeckError | 'error' | 'warning' | 'info' | 'result';
}
type Provoke = () => readonly Found[] | Promise<readonly Found[]>;

const parsed =
  (source: unknown, options?: ParseOptions): Provoke =>
  () =>
    parseDocument(source, options).diagnostics.map(({ code, severity }) => ({ code, by: severity }));

const checked =
  (source: unknown, engine = testEngine()): Provoke =>
  () =>
    engine.check(source).diagnostics.map(({ code, severity }) => ({ code, by: severity }));

/** What is thrown, and all that an error of a document holds. */
const thrown = (act: () => unknown): Provoke => {
  return async () => {
    try {
      await act();
      return [];
    } catch (error) {
      if (!(error instanceof FlowdeckError)) throw error;
      const own: Found = { code: error.code, by: error };
      const inside = error instanceof DocumentError || error instanceof DeclarationError ? error.diagnostics : [];
      return [own, ...inside.map(({ code }): Found => ({ code, by: error }))];
    }
  };
};

/** How a run fails. */
const failing =
  (run: () => Promise<RunResult>): Provoke =>
  async () => {
    const { error } = await run();
    return error === null ? [] : [{ code: error.code, by: 'result' }];
  };

const running = (source: unknown, engine = testEngine()) => failing(() => engine.run(engine.load(source)));

/** What JavaScript lets through. */
const declared = (changes: object, more: object = {}) =>
  thrown(() =>
    definePack({ name: 'flowdeck-acme', namespace: 'acme', version: '1.0.0', ...card(changes), ...more } as never),
  );
const card = (changes: object) => ({ cards: [{ ...SHOUT, ...changes }] });
const SHOUT = {
  id: 'acme.shout',
  title: 'Shout',
  description: 'Text in capitals.',
  kind: 'pure',
  inputs: [{ key: 'text', type: 'text', required: true }],
  outputs: [{ key: 'output', type: 'text' }],
  run: (text: string) => ({ output: text.toUpperCase() }),
};

/** An engine with a card that does what is given to it. */
const acting = (run: () => unknown) =>
  testEngine({
    cards: [
      // What a pack in JavaScript may give back.
      defineCard({
        id: 'x.act',
        title: 'Act',
        description: 'Acts.',
        kind: 'pure',
        inputs: [],
        outputs: [],
        run: run as () => undefined,
      }),
    ],
  });
/** A card that starts a flow and does not wait, and takes what is none. */
const DETACHED = testEngine({
  cards: [
    defineCard({
      id: 'x.spawn',
      title: 'Spawn',
      description: 'Starts a flow.',
      kind: 'control',
      traits: { detached: true },
      inputs: [{ key: 'flow', type: 'flow' }],
      outputs: [],
      run: (flow, ctx) => {
        ctx.spawn(flow as NonNullable<typeof flow>);
        return undefined;
      },
    }),
  ],
});
const ACT = flow([{ card: 'x.act' }]);

const BARE = { flowdeck: 1, id: 'f', type: 'helper', cards: [] };
const one = (change: object) => ({ ...BARE, cards: [{ id: 'one', card: 'a.b', ...change }] });
const GIVE = { id: 'first', card: 't.give', in: { value: 1 } };
const CALLED = helper('h', [], {
  inputs: [{ key: 'phone', type: 'text', required: true }],
  outputs: [{ key: 'sid', type: 'text' }],
});
const THEN = { then: { cards: [GIVE] } };

const CONNECTOR = {
  flowdeck: 1,
  connector: {
    key: 'svc',
    name: 'Service',
    version: '1.0.0',
    auth: { type: 'basic' },
    parameters: [{ key: 'region', type: 'text', required: true }],
    flows: { actions: ['send'] },
  },
  flows: [{ id: 'send', name: 'Send', type: 'action', options: [{ key: 'kind', type: 'text' }], cards: [] }],
};
const ACTION = { id: 'a', type: 'action', cards: [] };
const manifest = (roles: unknown, flows: readonly unknown[]) => ({
  flowdeck: 1,
  connector: { ...CONNECTOR.connector, flows: roles },
  flows,
});
const reading = (from: string) => [{ card: 't.give', in: { value: { from } } }];
const SVC = { name: 'svc', namespace: 'svc', version: '1.0.0', connectors: [CONNECTOR] };
const SOUND: Connection = { connector: 'svc', auth: { username: 'a', password: 'b' }, parameters: { region: 'eu' } };
const connected = (mine?: unknown) =>
  thrown(() => {
    // A store of the host's own may hold anything.
    const connections = (mine === undefined ? {} : { mine }) as Record<string, Connection>;
    const engine = testEngine({ packs: [SVC], ports: { connections } });
    return engine.run(engine.load(flow([{ card: 'svc.send', connection: 'mine' }])));
  });

const expression = (source: string, values: Readonly<Record<string, unknown>> = {}) =>
  thrown(() => compileExpression(source).evaluate(values));
const grammar = (source: string) => async () => {
  const found = await checkExpression(source);
  return found === null ? [] : [{ code: found.code, by: found.severity }];
};

const clock = { now: () => 0, elapsed: () => 0, after: () => () => {}, yield: async () => {} };
const TABLE = { id: 't', columns: [{ key: 'name', type: 'text' as const }] };
const tables = async () => {
  const store = memoryTables(clock);
  await store.define(TABLE);
  await store.insert('t', [{ name: 'Ada' }]);
  return store;
};
const deepList = (levels: number) => {
  let list: unknown = [];
  for (let level = 0; level < levels; level++) list = [list];
  return list;
};

/** It waits, and says that it does nothing. */
const SECRETLY_WAITING = defineCard({
  id: 'x.secret',
  title: 'Secret',
  description: 'Waits where nobody knows.',
  kind: 'control',
  inputs: [],
  outputs: [],
  traits: { passive: true },
  run: async (ctx) => ctx.sleep(1),
});

const PAYING = defineCard({
  id: 'x.pay',
  title: 'Pay',
  description: 'Must not happen twice.',
  kind: 'effect',
  inputs: [],
  outputs: [],
  traits: { atMostOnce: true },
  run: async () => undefined,
});

/** A durable runtime that performs everything. `over` is the signal of the life that it opened last. */
function remembering() {
  return {
    transient: false,
    open: (): RunRuntime => ({
      keyed: true,
      step: (_id, effect) => effect(),
      sleep: async () => {},
      signal: async () => null,
    }),
    close() {},
    signal() {},
  };
}

/** A run that was given up, and the signal that its runtime hears that by. */
function givenUp() {
  let signal: AbortSignal | undefined;
  const runtime: Runtime = {
    ...remembering(),
    open(_record, world) {
      ({ signal } = world);
      return { ...remembering().open(), sleep: () => Promise.reject(new Error('The disk is full.')) };
    },
  };
  const engine = testEngine({ ports: { runtime } });
  const result = engine.run(engine.load(flow([{ card: 't.sleep', in: { ms: 1 } }])));
  return { result, over: () => signal as AbortSignal }; // opened by then
}

const REQUEST: CallRequest = {
  v: 1,
  executionId: 'run/a',
  run: { id: 'run', flow: 'main', startedAt: 0, metadata: {} },
  revision: 'gone',
  connector: null,
  flow: 'main',
  values: {},
  secret: [],
  connection: null,
  context: { index: null, caller: null, error: null },
  kind: 'call',
  depth: 1,
  limits: {},
  atMostOnce: null,
  until: null,
  outputs: true,
  annexed: null,
};

const PROVOKED: Readonly<Record<EngineCode, Provoke>> = {
  'json-syntax': parsed('{"flowdeck": 1,}'),
  'not-json': parsed({ ...BARE, meta: { n: Number.NaN } }),
  'document-too-large': parsed(JSON.stringify(BARE), { maxBytes: 10 }),
  'document-too-deep': parsed(`${'['.repeat(500)}${']'.repeat(500)}`),
  'key-too-long': parsed({ ...BARE, meta: { ['k'.repeat(1025)]: 1 } }),
  'unsupported-version': parsed({ ...BARE, flowdeck: 2 }),
  'schema-required': parsed({ flowdeck: 1, id: 'a', type: 'helper' }),
  'schema-unknown-property': parsed(one({ inn: {} })),
  'schema-type': parsed({ ...BARE, cards: {} }),
  'schema-enum': parsed({ ...BARE, type: 'helpr' }),
  'schema-range': parsed(one({ timeout: 0 })),
  'schema-id': parsed({ ...BARE, id: '1st' }),
  'schema-card-type': parsed(one({ card: 'compose' })),
  'schema-block-name': parsed(one({ blocks: { 10: { cards: [] } } })),
  'schema-blank': parsed(one({ connection: ' ' })),
  'schema-binding': parsed(one({ in: { a: {} } })),
  'schema-version': parsed({ ...CONNECTOR, connector: { ...CONNECTOR.connector, version: 'v1' } }),
  'malformed-pointer': parsed(one({ in: { a: { from: 'inputs/x' } } })),
  'too-many-diagnostics': parsed({ ...BARE, cards: Array.from({ length: 1500 }, () => ({})) }),
  'document-faulty': thrown(() => {
    throw new DocumentError([]);
  }),
  'duplicate-member': parsed('{"a": 1, "a": 2}'),
  'duplicate-id': parsed({ ...BARE, cards: [GIVE, GIVE] }),
  'duplicate-flow': parsed({ flowdeck: 1, flows: [CALLED, CALLED] }),
  'duplicate-table': parsed({ flowdeck: 1, flows: [], tables: [TABLE, TABLE] }),
  'duplicate-field': parsed({ ...BARE, inputs: [...TABLE.columns, ...TABLE.columns] }),
  'method-key': parsed({
    flowdeck: 1,
    flows: [],
    connector: { key: 'c', name: 'C', version: '1.0.0', auth: [{ type: 'basic' }], flows: {} },
  }),
  'reserved-id': parsed(one({ id: 'inputs' })),
  'unknown-flow': checked(deck([{ card: 't.call', in: { flow: { flow: 'gone' } } }])),
  'misplaced-trigger': parsed({ ...BARE, schedule: { cron: '* * * * *' } }),
  'access-incomplete': parsed({ ...BARE, type: 'api', access: { by: 'oauth' } }),
  'inexact-number': parsed(
    '{"flowdeck": 1, "id": "f", "type": "helper", "cards": [], "meta": {"n": 9007199254740993}}',
  ),
  'unsafe-key': parsed(one({ id: 'prototype' })),

  'unknown-card': checked(flow([{ card: 't.gvie' }])),
  'unknown-field': checked(flow([{ card: 't.give', in: { valeu: 1 } }])),
  'missing-input': checked(flow([{ card: 't.add' }])),
  'not-a-choice': checked(flow([{ card: 't.colour', in: { colour: 'blue' } }])),
  'type-mismatch': checked(flow([{ card: 't.add', in: { a: 'ten' } }])),
  'unresolved-reference': checked(flow([{ card: 't.give', in: { value: from('/gone/output') } }])),
  'forward-reference': checked(flow([{ card: 't.give', in: { value: from('/first/output') } }, GIVE])),
  'reference-into-block': checked(
    flow([
      { card: 't.if', in: { condition: true }, blocks: THEN },
      { card: 't.give', in: { value: from('/first/output') } },
    ]),
  ),
  'item-out-of-place': checked(flow([{ card: 't.give', in: { value: { item: '/x' } } }])),
  'out-of-place': checked(
    flow([{ card: 't.try', blocks: { try: { cards: [], out: { x: 1 } }, catch: { cards: [] } } }]),
  ),
  'unknown-block': checked(flow([{ card: 't.give', blocks: THEN }])),
  'missing-block': checked(flow([{ card: 't.if', in: { condition: true }, blocks: { else: { cards: [] } } }])),
  'unknown-output': checked(flow([{ ...GIVE, outputs: [{ key: 'outptu', type: 'text' }] }])),
  'unknown-result': checked(
    deck(
      [{ card: 't.call', in: { flow: { flow: 'h' }, phone: '1' }, outputs: [{ key: 'sdi', type: 'text' }] }],
      CALLED,
    ),
  ),
  'unknown-parameter': checked(deck([{ card: 't.call', in: { flow: { flow: 'h' }, phone: '1', naem: 'x' } }], CALLED)),
  'missing-parameter': checked(deck([{ card: 't.call', in: { flow: { flow: 'h' } } }], CALLED)),
  'missing-connection': checked(flow([{ card: 'svc.send' }]), testEngine({ packs: [SVC] })),
  'unused-connection': checked(
    flow([{ card: 'x.effect', connection: 'acme' }]),
    testEngine({
      cards: [defineCard({ ...SHOUT, id: 'x.effect', kind: 'effect', inputs: [], outputs: [], run: () => ({}) })],
    }),
  ),
  'option-not-fixed': checked(
    flow([{ card: 'svc.send', connection: 'c', in: { kind: { expr: 'context.caller' } } }]),
    testEngine({ packs: [SVC] }),
  ),
  'connection-name-unknown': checked(manifest({ actions: ['a'] }, [{ ...ACTION, cards: reading('/connection/pin') }])),
  'flow-role': checked(manifest({ authping: 'a', actions: ['a'] }, [ACTION])),
  'duplicate-event': checked({
    ...deck([]),
    connector: {
      key: 'c',
      name: 'C',
      version: '1.0.0',
      auth: { type: 'basic' },
      flows: {},
      polls: ['a', 'a'].map((key) => ({ key, flow: 'main' })),
    },
  }),
  'flow-without-role': checked(manifest({}, [ACTION])),
  'missing-pack': checked(flow([GIVE], { requires: { acme: '^1' } })),
  'pack-version': checked(flow([GIVE], { requires: { t: '^2' } })),
  'unreachable-card': checked(flow([{ card: 't.return' }, GIVE])),
  'async-recursion': checked(flow([{ card: 'x.spawn', in: { flow: { flow: 'main' } } }]), DETACHED),
  recursion: checked(deck([{ card: 't.call', in: { flow: { flow: 'main' } } }])),

  timeout: running(flow([{ card: 't.wait', in: { signal: 'never', timeout: 1 } }])),
  limit: failing(() => {
    const engine = testEngine({ limits: { steps: 1 } });
    return engine.run(engine.load(flow([GIVE, { card: 't.give' }])));
  }),
  cancelled: failing(() => {
    const engine = testEngine();
    return engine.run(engine.load(flow([GIVE])), { signal: AbortSignal.abort() });
  }),
  'card-failed': running(
    ACT,
    acting(() => {
      throw new TypeError('A fault of the pack.');
    }),
  ),
  'card-output': running(
    ACT,
    acting(() => 'no object'),
  ),
  // The field is not required, and the card does not look at what it got.
  'not-a-flow': running(flow([{ card: 'x.spawn' }]), DETACHED),
  'flow-ambiguous': thrown(() => {
    const engine = testEngine();
    return engine.run(engine.load({ flowdeck: 1, flows: [helper('a', []), helper('b', [])] }));
  }),
  'unknown-input': thrown(() => {
    const engine = testEngine();
    return engine.run(engine.load(flow([GIVE])), { inputs: { gone: 1 } });
  }),
  'interceptor-result': running(flow([GIVE]), testEngine({ interceptors: { pure: [() => undefined] } })),
  'unknown-outcome': async () => {
    // In the life before, its intent was kept, and what came of it was not.
    const kept = (id: string, effect: () => Promise<JsonData>) => (id.endsWith('~intent') ? 0 : effect());
    const runtime: RunRuntime = { ...remembering().open(), step: kept };
    const engine = testEngine({ cards: [PAYING] });
    const { error } = await engine.run(engine.load(flow([{ id: 'pay', card: 'x.pay' }])), { runtime });
    return [{ code: error?.code ?? '', by: 'result' }];
  },
  'given-up': async () => {
    const { over, result } = givenUp();
    await result.catch(() => undefined);
    const { reason } = over();
    return [{ code: reason.code, by: reason }];
  },
  'impure-flow': running(
    deck([{ card: 't.call', in: { flow: { flow: 'h' } } }], helper('h', [{ card: 'x.secret' }])),
    testEngine({ cards: [SECRETLY_WAITING], ports: { runtime: remembering() } }),
  ),
  'invalid-request': thrown(() => testEngine().execute({ v: 1 }, { decks: new Map() })),
  'revision-missing': thrown(() => testEngine().execute(REQUEST, { decks: new Map() })),
  'run-unknown': thrown(() => {
    throw runUnknown('nobody');
  }),
  'run-ended': thrown(() => {
    throw runOver('r');
  }),
  'runtime-key': thrown(() => openSealed(undefined, { $sealed: 'x' })),
  'annex-missing': thrown(() => {
    const engine = testEngine();
    const loaded = engine.load(flow([GIVE]));
    const request = { ...REQUEST, revision: loaded.revision, annexed: 'gone' };
    return engine.execute(request, { decks: { get: () => loaded } });
  }),
  'runtime-away': thrown(() => {
    throw runtimeAway('The database', new Error('refused'));
  }),
  'runtime-differs': thrown(() => {
    throw runtimeDiffers('Restate', 'it answers in HTML');
  }),
  'runtime-refused': thrown(() => {
    throw runtimeRefused('The database', 'who are you?');
  }),
  'interpreter-differs': thrown(() => {
    throw interpreterDiffers('run', '1', '2');
  }),
  'signal-elsewhere': thrown(() => {
    const engine = testEngine();
    const runtime = remembering().open();
    return engine.start(engine.load(flow([])), { runtime }).signal('go', 1);
  }),
  'invalid-metadata': thrown(() => {
    const engine = testEngine();
    // What a host without types may do.
    return engine.run(engine.load(flow([])), { metadata: { at: new Date(0) } as never });
  }),
  'invalid-input': thrown(() => {
    const engine = testEngine();
    const source = flow([GIVE], { inputs: [{ key: 'n', type: 'number' }] });
    return engine.run(engine.load(source), { inputs: { n: 'many' } });
  }),
  // What JavaScript lets through.
  'option-unknown': thrown(() => createEngine({ runtime: {} } as never)),
  'option-invalid': thrown(() => createEngine({ ports: { http: fetch } } as never)),
  'not-a-deck': thrown(() => testEngine().start('flow.json' as never)),
  'limit-invalid': thrown(() => createEngine({ limits: { steps: -1 } })),

  conversion: running(
    flow([{ card: 't.add', in: { a: from('/inputs/a') } }], { inputs: [{ key: 'a', type: 'any', default: 'x' }] }),
  ),
  'unknown-conversion': thrown(() => namedConversion('gone', false)),
  'unknown-operator': thrown(() => compare(1, 'gone', 2)),
  'pointer-syntax': thrown(() => parsePointer('x')),
  'path-depth': thrown(() => parsePath('a.'.repeat(2000))),
  'path-index': thrown(() => setPath([], ['99999999999'], 1)),
  expression: expression('a + 1', { a: 'text' }),
  'expression-syntax': grammar('1 +'),
  'expression-too-long': expression(' '.repeat(30_000)),
  'expression-too-deep': expression('('.repeat(5_000)),
  'expression-regex': expression('$contains("a", /a/)'),
  'expression-signature': expression('function($a)<n:n>{ $a }'),
  'expression-eval': grammar('$eval("1")'),
  'expression-port': expression('$now()'),
  'expression-picture': expression(`$formatNumber(1, "${'#'.repeat(1000)}")`),
  'expression-input': expression('$string(a)', { a: deepList(2_000) }),
  'expression-result': expression('function($a){ $a }'),

  'http-missing': running(
    ACT,
    testEngine({
      cards: [
        defineCard({
          id: 'x.act',
          title: 'Act',
          description: 'Acts.',
          kind: 'effect',
          inputs: [],
          outputs: [],
          run: (ctx) => void ctx.http,
        }),
      ],
    }),
  ),
  'http-answer': running(
    ACT,
    testEngine({
      // What a port in JavaScript may give.
      ports: { http: { request: async () => 200 } as unknown as HttpPort },
      cards: [
        defineCard({
          id: 'x.act',
          title: 'Act',
          description: 'Acts.',
          kind: 'effect',
          inputs: [],
          outputs: [],
          run: async (ctx) => void (await ctx.http.request({ method: 'GET', url: 'https://a.example/', headers: {} })),
        }),
      ],
    }),
  ),

  'connection-missing': connected(),
  'connection-invalid': connected('AC1'),
  'connection-incomplete': connected({ ...SOUND, parameters: {} }),
  'connection-mismatch': connected({ ...SOUND, connector: 'other' }),
  'connection-unavailable': thrown(() => {
    const broken = { get: () => Promise.reject(new Error('The vault is closed.')) };
    const engine = testEngine({ packs: [SVC], ports: { connections: broken } });
    return engine.run(engine.load(flow([{ card: 'svc.send', connection: 'mine' }])));
  }),
  'unknown-connector': thrown(() => {
    const engine = testEngine();
    return engine.connector('gone');
  }),
  'not-a-connector': thrown(() => readConnector(BARE)),
  'duplicate-card': thrown(() =>
    createEngine({
      packs: [1, 2].map((n) => ({ name: `p${n}`, namespace: 'acme', version: '1.0.0', ...card({}) }) as never),
    }),
  ),
  'duplicate-address': thrown(() => {
    const addresses = [{ address: 'root:kernel:acme:1.0.0:shout' }];
    const cards = ['acme.shout', 'acme.cry'].flatMap((id) => card({ id, addresses }).cards);
    return createEngine({ packs: [{ name: 'p', namespace: 'acme', version: '1.0.0', cards } as never] });
  }),
  'duplicate-connector': thrown(() => createEngine({ packs: [SVC, { ...SVC, name: 'other' }] })),
  'duplicate-proof': thrown(() => {
    const pack = (name: string) => ({ name, namespace: 'p', version: '1.0.0', proofs: { 'p.signature': () => true } });
    return createEngine({ packs: [pack('one'), pack('other')] });
  }),
  'pack-invalid': declared({}, { version: 1 }),

  'declaration-shape': declared({ inputs: {} }),
  'declaration-missing': declared({ run: undefined, title: undefined }),
  'declaration-unknown': declared({ kindd: 'pure' }),
  'declaration-value': declared({ kind: 'Pure' }),
  'declaration-name': declared({ id: 'shout' }),
  'declaration-duplicate': declared({ inputs: [...SHOUT.inputs, ...SHOUT.inputs] }),
  'declaration-default': declared({ inputs: [{ key: 'n', type: 'number', default: 'many' }] }),
  'declaration-example': declared({ examples: [{ in: { gone: 1 } }] }),
  'declaration-conflict': declared({ blocks: { then: { scope: 'inline' } } }),

  'table-missing': thrown(async () => (await tables()).insert('gone', [{}])),
  'column-missing': thrown(async () => (await tables()).insert('t', [{ gone: 1 }])),
  'table-definition': thrown(() => memoryTables(clock).define({ id: 't', columns: [{ key: 'a', type: 'file' }] })),
  'table-mismatch': thrown(async () =>
    (await tables()).define({ ...TABLE, columns: [{ key: 'name', type: 'number' }] }),
  ),
  'table-limit': thrown(() => memoryTables(clock, { rows: -1 })),
  'where-operator': thrown(async () =>
    // A host's own card may pass anything.
    (await tables()).search('t', { where: [[{ column: 'name', operator: 'gone' as never, value: 'x' }]] }),
  ),
};

for (const [code, provoke] of Object.entries(PROVOKED)) {
  test(code, async () => {
    const found = await provoke();
    const own = found.filter((each) => each.code === code);
    assert.ok(own.length > 0, `${code} is not among ${JSON.stringify(found.map((each) => each.code))}`);
  });
}

test('a warning is told as one', async () => {
  for (const [code, { class: kind }] of Object.entries(ENGINE_CODES)) {
    if (kind !== 'warning' && kind !== 'info') continue;
    const found = await PROVOKED[code as EngineCode]();
    assert.is(found.find((each) => each.code === code)?.by, kind, code);
  }
});

test.run();
