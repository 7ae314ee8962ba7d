/** The front door: loading, checking and running, and what a host did wrong. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard } from './cards/index.js';
import type { CardNode } from './document/index.js';
import { createEngine } from './engine.js';
import { DocumentError, FlowdeckError } from './errors.js';
import type { FlowEvent } from './observe/index.js';
import type { RunOptions } from './start/run-options.js';
import { deck, flow, from, helper, testEngine } from './testing/cards.js';

const engine = testEngine();
const X = { title: 'X', description: 'X.', inputs: [] } as const;

async function refusal(source: unknown, options: RunOptions, on = engine): Promise<FlowdeckError> {
  const loaded = on.load(source);
  try {
    await on.run(loaded, options);
  } catch (error) {
    assert.instance(error, FlowdeckError);
    return error as FlowdeckError;
  }
  throw new Error('The run was not refused.');
}

const SIGNED = flow([{ card: 't.return', in: { n: from('/inputs/n'), o: from('/options/o') } }], {
  inputs: [{ key: 'n', type: 'number', required: true, description: 'how many' }],
  options: [{ key: 'o', type: 'text' }],
});

test('load takes JSON text and the object that it stands for', async () => {
  for (const source of [SIGNED, JSON.stringify(SIGNED)]) {
    const { outputs, runId, durationMs, answer, children, steps } = await engine.run(engine.load(source), {
      inputs: { n: '5' },
      options: { o: 'x' },
    });
    assert.equal(outputs, { n: 5, o: 'x' });
    assert.match(runId, /^run-/);
    assert.equal([answer, children, steps], [null, [], 1]);
    assert.ok(durationMs >= 0);
  }
});

test('load throws a DocumentError for what is no flow file, with the name of the file', () => {
  for (const source of ['', '{', '[]', 5, null, undefined, {}, '{"flowdeck": 2}', { flowdeck: 1 }]) {
    assert.throws(
      () => engine.load(source, { file: 'broken.json' }),
      (error: unknown) =>
        error instanceof DocumentError && error.diagnostics.length > 0 && error.at.file === 'broken.json',
      JSON.stringify(source),
    );
  }
});

test('unknown-input, missing-input, invalid-input: the host learns which, and what there is', async () => {
  const unknown = await refusal(SIGNED, { inputs: { n: 1, m: 2 } });
  assert.equal([unknown.code, unknown.at.field], ['unknown-input', 'm']);
  assert.match(unknown.hint ?? '', /n/);
  const swapped = await refusal(SIGNED, { inputs: { n: 1, o: 'x' } });
  assert.is(swapped.code, 'unknown-input');
  const missing = await refusal(SIGNED, { inputs: {} });
  assert.equal([missing.code, missing.at.field], ['missing-input', 'n']);
  assert.match(missing.hint ?? '', /number: how many/);
  const invalid = await refusal(SIGNED, { inputs: { n: 'many' } });
  assert.equal([invalid.code, invalid.at.field], ['invalid-input', 'n']);
  assert.ok(invalid.cause);
  const inherited = await refusal(SIGNED, { inputs: { n: 1, toString: 1 } });
  assert.is(inherited.code, 'unknown-input');
});

test('unknown-flow and flow-ambiguous', async () => {
  const two = {
    flowdeck: 1,
    flows: [
      { id: 'a', name: 'Same', type: 'manual', cards: [] },
      { id: 'b', name: 'Same', type: 'manual', cards: [] },
      helper('c', []),
    ],
  };
  const ambiguous = await refusal(two, {});
  assert.is(ambiguous.code, 'flow-ambiguous');
  assert.match(ambiguous.hint ?? '', /a, b/);
  const unknown = await refusal(two, { flow: 'd' });
  assert.is(unknown.code, 'unknown-flow');
  assert.match(unknown.hint ?? '', /a, b, c/);
  assert.is((await refusal(two, { flow: 'Same' })).code, 'unknown-flow');
  assert.is((await engine.run(engine.load(two), { flow: 'b' })).status, 'success');
  assert.is(
    (await engine.run(engine.load(deck([], helper('h', []))))).status,
    'success',
    'the only one that is no helper',
  );
});

test('check finds what load would, without throwing, whatever it is given', () => {
  assert.equal(engine.check(SIGNED).diagnostics, []);
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withDate: true, withMap: true }), (source) => {
      const { diagnostics } = engine.check(source);
      assert.ok(Array.isArray(diagnostics));
    }),
    { numRuns: 300 },
  );
});

test('check never throws for documents of sound shape and senseless content', () => {
  const name = fc.constantFrom(
    't.give',
    't.if',
    't.try',
    't.call',
    't.each',
    't.return',
    't.add',
    't.nothing',
    't.assign',
  );
  const text = fc.constantFrom('a', 'b', 'value', 'flow', 'list', 'condition', 'then', 'try', 'x/y', '~', '');
  const pointer = fc.constantFrom(
    '/a/output',
    '/b',
    '/inputs/a',
    '/error/message',
    '/item',
    '/context/index',
    '/a/output/0/x',
    '/then',
  );
  const binding = fc.oneof(
    fc.constantFrom(null, 1, 'x', true),
    pointer.map((path) => ({ from: path })),
    fc.constantFrom('main', 'none').map((id) => ({ flow: id })),
    fc.jsonValue().map((value) => ({ value })),
    fc.constantFrom('', '/x').map((item) => ({ item })),
    fc.constantFrom('a', 'inputs.a + 1', '(', '$sum(a)').map((expr) => ({ expr })),
  );
  const { card } = fc.letrec<{ card: unknown; cards: unknown[] }>((tie) => ({
    card: fc.record(
      {
        id: fc.constantFrom('a', 'b', 'c'),
        card: name,
        in: fc.dictionary(text, binding, { maxKeys: 3 }),
        outputs: fc.array(fc.record({ key: text, type: fc.constantFrom('text', 'number', 'any') }), { maxLength: 2 }),
        blocks: fc.dictionary(text, fc.record({ cards: tie('cards') }), { maxKeys: 2 }),
      },
      { requiredKeys: ['card'] },
    ),
    cards: fc.array(tie('card'), { maxLength: 3 }),
  }));
  let compiled = 0;
  fc.assert(
    fc.property(fc.array(card, { maxLength: 4 }), (cards) => {
      const source = { flowdeck: 1, id: 'main', type: 'manual', cards };
      for (const { code, message, pointer: place, severity } of engine.check(source).diagnostics) {
        assert.match(code, /^[a-z][a-z0-9-]*$/);
        assert.ok(message.length > 0 && typeof place === 'string' && severity.length > 0);
      }
      compiled++;
    }),
    { numRuns: 500 },
  );
  assert.is(compiled, 500);
});

test('whatever check lets pass, runs to an end', async () => {
  const leaf = fc.constantFrom<CardNode>(
    { card: 't.give', in: { value: from('/context') } },
    { card: 't.add', in: { a: from('/inputs/x') } },
    { card: 't.give', in: { value: from('/inputs/x/deep/0') } },
    { card: 't.call', in: { flow: { flow: 'main' } } },
    { card: 't.each', in: { list: from('/inputs/x'), flow: { flow: 'main' }, x: { item: '/a' } } },
    { card: 't.spawn', in: { flow: { flow: 'main' } } },
    { card: 't.return', in: { y: from('/inputs/x') } },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(leaf, { minLength: 1, maxLength: 4 }),
      fc.jsonValue({ maxDepth: 3 }),
      async (cards, x) => {
        const source = flow(cards, { inputs: [{ key: 'x', type: 'any' }] });
        const { status, error, steps } = await engine.run(engine.load(source), {
          inputs: { x },
          limits: { steps: 500, callDepth: 20 },
        });
        assert.ok(['success', 'error'].includes(status));
        assert.ok(steps <= 500);
        if (error)
          assert.ok(
            error.at.card && ['limit', 'conversion', 'not-a-flow', 'missing-input'].includes(error.code),
            JSON.stringify(error),
          );
      },
    ),
    { numRuns: 200 },
  );
});

test('a run of its own id, started at another time', async () => {
  const loaded = engine.load(
    flow([{ card: 't.return', in: { id: from('/context/execution_id'), at: from('/context/execution_time') } }]),
  );
  const { runId, outputs } = await engine.run(loaded, { runId: 'mine', startedAt: 0 });
  assert.is(runId, 'mine');
  assert.equal(outputs, { id: 'mine', at: '1970-01-01T00:00:00.000Z' });
});

test('answers: the first one counts; an answer of Return only where it ends the flow that was started', async () => {
  const respond = defineCard({
    ...X,
    id: 'x.respond',
    kind: 'control',
    outputs: [{ key: 'first', type: 'boolean' }],
    run: (ctx) => ({ first: ctx.respond({ statusCode: 202, headers: {}, body: 'early' }) }),
  });
  const raw = defineCard({
    ...X,
    id: 'x.raw',
    kind: 'control',
    outputs: [],
    run: (ctx) => ctx.return({ body: 'raw' }, { statusCode: 400, headers: { a: 'b' }, body: 'raw' }),
  });
  const own = testEngine({ cards: [respond, raw] });
  const answerOf = async (source: unknown) => (await own.run(own.load(source))).answer;
  assert.equal(await answerOf(flow([{ card: 'x.raw' }])), { statusCode: 400, headers: { a: 'b' }, body: 'raw' });
  assert.equal(await answerOf(flow([{ card: 'x.respond' }, { card: 'x.raw' }])), {
    statusCode: 202,
    headers: {},
    body: 'early',
  });
  assert.is(
    await answerOf(deck([{ card: 't.call', in: { flow: { flow: 'h' } } }], helper('h', [{ card: 'x.raw' }]))),
    null,
  );
  assert.is(await answerOf(flow([{ card: 't.branch', blocks: { a: { cards: [{ card: 'x.raw' }] } } }])), null);
  const twice = await own.run(
    own.load(
      flow([
        { id: 'a', card: 'x.respond' },
        { id: 'b', card: 'x.respond' },
        { card: 't.return', in: { a: from('/a/first'), b: from('/b/first') } },
      ]),
    ),
  );
  assert.equal(twice.outputs, { a: true, b: false });
});

test('events: heard in order until the listener is taken off', async () => {
  const own = testEngine();
  const seen: FlowEvent[] = [];
  const off = own.on('*', (event) => seen.push(event));
  const loaded = own.load(
    deck([{ id: 'c', card: 't.call', in: { flow: { flow: 'h' } } }], helper('h', [{ id: 'g', card: 't.give' }])),
  );
  const { runId } = await own.run(loaded);
  assert.equal(
    seen.map(
      (event) =>
        `${event.type} ${'phase' in event ? event.phase : ''} ${'card' in event ? event.card : event.type === 'execution' ? event.flow : ''}`,
    ),
    [
      'execution started main',
      'card started c',
      'call started c',
      'execution started h',
      'card started g',
      'card ended g',
      'execution ended h',
      'call ended c',
      'card ended c',
      'execution ended main',
    ],
  );
  assert.equal(
    new Set(
      seen.map((event) =>
        event.type === 'call'
          ? event.calleeExecutionId
          : event.type === 'execution' || event.type === 'card'
            ? event.executionId
            : '',
      ),
    ),
    new Set([runId, `${runId}/c`]),
  );
  off();
  await own.run(loaded);
  assert.is(seen.length, 10);
});

test('a listener that throws, comes or goes during a run does not change it', async () => {
  const own = testEngine();
  let off: (() => void) | null = null;
  own.on('card', () => {
    if (off) {
      off();
      off = null;
    } else off = own.on('*', () => {});
    throw new Error('listener');
  });
  const cards: CardNode[] = Array.from({ length: 9 }, (_, i) =>
    i % 3 === 1 ? { card: 't.sleep', in: { ms: 0 } } : { card: 't.give', in: { value: i } },
  );
  const { status, value, steps } = await own.run(own.load(flow(cards)));
  assert.equal([status, value, steps], ['success', 8, 9]);
});

test('one deck, many engines: cards and connectors are those of the engine', () => {
  assert.ok(engine.cards.some(({ card }) => card.id === 't.give'));
  assert.equal(createEngine().cards, []);
  assert.equal(engine.connectors, []);
  assert.throws(() => createEngine().load(flow([{ card: 't.give' }])), /no card "t.give"/);
});

test('http-missing: a card that asks for HTTP where there is none', async () => {
  const send = defineCard({
    ...X,
    id: 'x.send',
    kind: 'effect',
    outputs: [],
    run: async (ctx) => {
      await ctx.http.request({ method: 'GET', url: 'http://x.test', headers: {} });
      return undefined;
    },
  });
  const own = testEngine({ cards: [send] });
  const { error } = await own.run(own.load(flow([{ id: 's', card: 'x.send' }])));
  assert.equal([error?.code, error?.at.card], ['http-missing', 's']);
  assert.match(error?.hint ?? '', /httpPort/);
});

test('validate also finds what only JSONata can tell of an expression', async () => {
  const source = flow([{ id: 'g', card: 't.give', in: { value: { expr: '$map(inputs, function($x) { $x + })' } } }]);
  assert.equal(engine.check(source).diagnostics, []);
  const { diagnostics } = await engine.validate(source);
  assert.is(diagnostics.length, 1);
  const [fault] = diagnostics;
  assert.is(fault?.severity, 'error');
  assert.is(fault?.pointer, '/cards/0/in/value/expr');
  assert.is(fault?.card, 'g');
  assert.equal((await engine.validate(flow([{ card: 't.give', in: { value: { expr: '$sum(1)' } } }]))).diagnostics, []);
});

test('validate warns of what an expression reads and nobody gives: it may be meant to be missing', async () => {
  const source = flow([{ id: 'g', card: 't.give', in: { value: { expr: '$map(nobody.name, function($x) { $x })' } } }]);
  const { diagnostics } = await engine.validate(source);
  assert.equal(
    diagnostics.map(({ severity, code, card, pointer }) => ({ severity, code, card, pointer })),
    [{ severity: 'warning', code: 'unresolved-reference', card: 'g', pointer: '/cards/0/in/value/expr' }],
  );
});

test.run();
