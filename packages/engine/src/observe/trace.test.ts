/** What histories are told of cards in one piece: the same as event by event, and only when nobody else is to hear. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard } from '../cards/index.js';
import type { CardNode } from '../document/index.js';
import { systemClock } from '../ports/memory/index.js';
import { deck, from, helper, testEngine } from '../testing/cards.js';
import type { Value } from '../values/index.js';
import { createObserver } from './emitter.js';
import type { FlowEvent } from './events.js';
import { createHistory, type HistoryOptions, type HistoryRecorder, patchHistory } from './history.js';
import { executionsOf } from './history-state.js';
import { type CardTrace, takerOf, takingTraces } from './trace.js';

const PURE = { title: 'Pure', description: 'A card of these tests.', kind: 'pure', inputs: [] } as const;
const VALUE = { key: 'output', type: 'any' } as const;
/** Gives what it is told to by its name: values that are no event data as they are, and ways to give none. */
const odd = (id: string, run: () => { output: Value } | Promise<{ output: Value }>) =>
  defineCard({ ...PURE, id: `x.${id}`, outputs: [VALUE], run });
const cards = [
  odd('date', () => ({ output: new Date(1e12) })),
  odd('noNumber', () => ({ output: Number.NaN })),
  odd('later', async () => ({ output: 'later' })),
  odd('refuses', async () => Promise.reject(new Error('later'))),
  odd('nothing', () => ({}) as { output: Value }), // as a pack without types may
  odd('list', () => 7 as unknown as { output: Value }), // likewise
  defineCard({
    ...PURE,
    id: 'x.token',
    outputs: [{ key: 'output', type: 'text', secret: true }],
    run: () => ({ output: 'hunter22' }),
  }),
];

const add = (id: string, a: unknown, b: number): CardNode => ({ id, card: 't.add', in: { a, b } }) as CardNode; // a binding
const row = (length: number): CardNode[] =>
  Array.from({ length }, (_, i) => add(`r${i}`, i === 0 ? 0 : from(`/r${i - 1}/output`), i));
const attempt = (id: string, ...tried: CardNode[]): CardNode => ({
  id,
  card: 't.try',
  blocks: { try: { cards: tried }, catch: { cards: [{ card: 't.give', in: { value: from('/error/message') } }] } },
});
const give = (id: string, value: unknown): CardNode => ({ id, card: 't.give', in: { value: { value } } }) as CardNode; // as above

/** By what they are to show. */
const FLOWS: Readonly<Record<string, readonly CardNode[]>> = {
  'a row that fits into no trace': row(300),
  'nothing but cards': [add('a', 1, 2), give('b', 'text'), give('c', null), give('d', false)],
  'large values': [
    give('a', 'x'.repeat(4000)),
    give('b', { a: [1, { b: 2 }] }),
    give('c', 'x'.repeat(100)),
    give('d', []),
  ],
  'what is no data': ['date', 'noNumber', 'later', 'nothing'].map((id) => ({ id, card: `x.${id}` })),
  'errors that are caught': [
    add('a', 1, 2),
    attempt('t', add('b', 1, 2), { id: 'f', card: 't.fail' }, add('never', 1, 2)),
    give('words', 'words'),
    attempt('u', add('g', from('/words/output'), 1)),
    attempt('v', { card: 'x.list' }),
    attempt('w', { card: 'x.refuses' }),
    add('z', 1, 2),
  ],
  'an error that is not': [add('a', 1, 2), { card: 't.fail' }],
  retries: [
    {
      id: 'a',
      card: 't.fail',
      onError: { retry: { times: 2, delay: 0, when: 'all' }, then: 'return', values: { output: 1 } },
    } as CardNode,
    add('b', 1, 2),
  ],
  'passes side by side': [
    {
      id: 'l',
      card: 't.loop',
      in: { times: 5, parallel: true },
      blocks: { body: { cards: [add('p', 1, 1), { card: 'x.later' }, give('q', 2)] } },
    },
  ],
  'flows per item': [
    { id: 'r', card: 't.range', in: { count: 40 } },
    { id: 'e', card: 't.each', in: { list: from('/r/output'), flow: { flow: 'h' }, n: { item: '' } } } as CardNode,
    add('z', 1, 2),
  ],
  'a secret from there on': [
    add('a', 1, 2),
    give('b', 'hunter22'),
    { id: 't', card: 'x.token' },
    give('c', 'a hunter22'),
  ],
  'a result': [add('a', 1, 2), { card: 't.return', in: { x: from('/a/output') } }],
};

type Listen = (history: HistoryRecorder) => (event: FlowEvent) => void;
const asTraces: Listen = (history) => history.record;
/** One that has been read makes an entry of each event. */
const asEvents: Listen = (history) => {
  history.state();
  return (event) => history.record(event);
};

/** Runs each flow twice, by a clock that only its readings move. */
async function told(
  listen: Listen,
  flows = FLOWS,
  options: HistoryOptions = {},
  look: (history: HistoryRecorder) => void = () => undefined,
): Promise<HistoryRecorder> {
  let now = 0;
  let ids = 0;
  const clock = { ...systemClock(), now: () => 1e12 + Math.floor(now), elapsed: () => (now += 0.03) };
  const engine = testEngine({ cards, ports: { clock, ids: { run: () => `run-${++ids}` } } });
  const history = createHistory(options);
  engine.on('*', listen(history));
  for (const body of Object.values(flows)) {
    const loaded = engine.load(
      deck(
        body,
        helper('h', [give('x', 1), { card: 't.return', in: { y: from('/x/output') } }], {
          inputs: [{ key: 'n', type: 'number' }],
        }),
      ),
    );
    for (let i = 0; i < 2; i++) {
      await engine.run(loaded);
      look(history);
    }
  }
  return history;
}

for (const [what, body] of Object.entries(FLOWS)) {
  test(`a history of traces is one of events: ${what}`, async () => {
    const [traces, events] = [await told(asTraces, { [what]: body }), await told(asEvents, { [what]: body })];
    assert.equal(traces.state(), events.state());
    assert.ok(executionsOf(traces.state()).every(({ counts }) => counts.cards > 0));
  });
}

for (const options of [{ maxCards: 5 }, { maxExecutions: 3 }, { maxValueChars: 20 }, { maxCards: 0 }]) {
  test(`the same within limits: ${JSON.stringify(options)}`, async () => {
    const [traces, events] = [await told(asTraces, FLOWS, options), await told(asEvents, FLOWS, options)];
    assert.equal(traces.state(), events.state());
  });
}

test('a history that is read after each run loses nothing', async () => {
  const read = async (listen: Listen) => {
    const states: unknown[] = [];
    await told(listen, FLOWS, {}, (history) => states.push(history.state()));
    return states;
  };
  assert.equal(await read(asTraces), await read(asEvents));
});

test('followers of a history are told of cards in traces, by patches that lead to its state', async () => {
  const patched = async (listen: Listen) => {
    let state: unknown;
    const history = await told((recorder) => {
      let mirror = recorder.state();
      recorder.follow((_, patches) => {
        mirror = patchHistory(mirror, patches);
        state = mirror;
      });
      return listen(recorder);
    });
    history.flush();
    assert.equal(state, history.state());
    return state;
  };
  assert.equal(await patched(asTraces), await patched(asEvents));
});

test('a run may have a history of its own', async () => {
  const engine = testEngine();
  const loaded = engine.load(deck(row(3)));
  const [all, own] = [createHistory(), createHistory()];
  await engine.run(loaded, { onEvent: own.record });
  engine.on('*', all.record);
  const both = createHistory();
  await engine.run(loaded, { onEvent: both.record, metadata: { tenant: 'a' } });
  for (const history of [all, own, both])
    assert.equal(
      executionsOf(history.state()).map(({ cards }) => cards.flat().length),
      [3],
    );
  assert.equal(all.state(), both.state());
});

test('cards are traced only while nobody is to hear of them at once', async () => {
  const traces: CardTrace[] = [];
  const events: FlowEvent[] = [];
  const taking = takingTraces(
    (event) => events.push(event),
    (trace) => traces.push(trace),
  );
  const engine = testEngine();
  const loaded = engine.load(deck(row(3)));
  const cardEvents = () => events.filter(({ type }) => type === 'card').length;
  engine.on('*', taking);
  await engine.run(loaded);
  assert.is(cardEvents(), 0);
  assert.equal(
    traces.map(({ length }) => length),
    [3],
  );
  assert.is([...(traces[0]?.events() ?? [])].length, 6);
  const off = engine.on('card', () => undefined);
  await engine.run(loaded);
  assert.is(cardEvents(), 6);
  off();
  await engine.run(loaded, { onEvent: () => undefined });
  assert.is(cardEvents(), 12);
  await engine.run(loaded);
  assert.is(cardEvents(), 12);
  assert.is(traces.length, 2);
});

test('a trace that was read is not added to: what comes later is in another one', async () => {
  const traces: CardTrace[] = [];
  const engine = testEngine({
    cards: [
      defineCard({
        ...PURE,
        id: 'x.read',
        outputs: [],
        run: () => {
          traces[0]?.close();
          return {};
        },
      }),
    ],
  });
  engine.on(
    '*',
    takingTraces(
      () => undefined,
      (trace) => traces.push(trace),
    ),
  );
  await engine.run(engine.load(deck([add('a', 1, 2), add('b', 1, 2), { card: 'x.read' }, add('c', 1, 2)])));
  assert.equal(
    traces.map(({ length }) => length),
    [2, 2],
  );
});

test('what takes room is told by events, so that a history may bound it', async () => {
  const told = async (value: unknown) => {
    const traces: CardTrace[] = [];
    const engine = testEngine();
    engine.on(
      '*',
      takingTraces(
        () => undefined,
        (trace) => traces.push(trace),
      ),
    );
    await engine.run(engine.load(deck([give('a', value)])));
    return traces.length;
  };
  assert.is(await told('x'.repeat(128)), 1);
  assert.is(await told('x'.repeat(129)), 0);
  assert.is(await told([]), 0);
});

test('a history that nobody reads makes entries of many cards, of which there is a limit', () => {
  const history = createHistory();
  let asked = 0;
  const trace: CardTrace = {
    type: 'trace',
    executionId: 'run',
    length: 512,
    close: () => undefined,
    events() {
      asked++;
      return [];
    },
  };
  const kind = { runId: 'run', flow: 'f', flowName: 'F', kind: 'root', parentExecutionId: null } as const;
  history.record({ type: 'execution', phase: 'started', at: 1, executionId: 'run', inputs: null, ...kind });
  const take = takerOf(history.record);
  take?.(trace);
  take?.(trace);
  history.flush();
  assert.is(asked, 0);
  take?.(trace);
  history.flush();
  assert.is(asked, 3);
});

test('a handler that only hears of cards hears each of them', () => {
  const observer = createObserver();
  const history = createHistory();
  const off = observer.on('card', history.record);
  assert.is(observer.traces, null);
  off();
  observer.on('*', history.record);
  observer.on('*', createHistory().record);
  assert.type(observer.traces, 'function');
  observer.on('call', () => undefined);
  assert.type(observer.traces, 'function');
  observer.on('*', () => undefined);
  assert.is(observer.traces, null);
});

test.run();
