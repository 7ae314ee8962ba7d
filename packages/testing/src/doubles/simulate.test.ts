/** Simulated runs: what mocks decide, what is told of each call, and that a recorded run repeats itself. */
import { standard } from '@flowdeck/cards';
import { type DeckDocument, DocumentError, type FlowDocument, FlowdeckError } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { mocksOf } from '../mocks/record.js';
import type { Mock } from '../mocks/types.js';
import { simulate } from './simulate.js';

const text = (key: string) => ({ key, type: 'text' }) as const;
const CARDS = {
  'crm.read': { inputs: [text('ID')], outputs: [text('Name'), text('Mail')] },
  'crm.search': {
    inputs: [text('resultSet'), { key: 'Flow', group: 'Streaming', type: 'flow' }],
    outputs: [{ key: 'Records Streamed', type: 'number' }],
  },
};

const deck = (...flows: readonly Partial<FlowDocument>[]): DeckDocument => ({
  flowdeck: 1,
  meta: { cards: CARDS },
  // Flows of these tests have all that a flow needs.
  flows: flows.map((flow, index) => ({
    id: index === 0 ? 'main' : 'helper',
    type: index === 0 ? 'manual' : 'helper',
    ...flow,
  })) as never,
});
const read = (id: string, ID: string) => ({ id, card: 'crm.read', in: { ID } });
const run = (document: DeckDocument, mocks: readonly Mock[]) => simulate(document, { packs: [standard], mocks }).run();

test('a mock finds a flow by the name that people see: without blanks at its ends, however its accents are written', async () => {
  const document = deck(
    { cards: [{ id: 'call', card: 'flow.call', in: { flow: { flow: 'helper' } } }] },
    { name: 'Cafe\u0301 ', outputs: [text('word')], cards: [{ card: 'flow.return', in: { word: 'own' } }] },
  );
  for (const name of ['Caf\u00e9', ' Cafe\u0301']) {
    const { effects, unused } = await run(document, [{ flow: name, answer: { outputs: { word: 'mocked' } } }]);
    assert.equal([effects.map(({ action }) => action), unused.length], [['helper'], 0]);
  }
});

test('answers come one after the other; attempts of a retry are calls', async () => {
  const document = deck({
    cards: [
      { ...read('a', 'u1'), onError: { retry: { times: 2, when: 'all' } } } as never,
      read('b', 'u1'),
      { card: 'flow.return', in: { a: { from: '/a/Name' }, b: { from: '/b/Name' } } },
    ],
  });
  const busy = { error: { message: 'Busy', statusCode: 503 } };
  const mocks: Mock[] = [
    { card: 'crm.read', answers: [busy, { outputs: { Name: 'One' } }, { outputs: { Name: 'Two' } }] },
  ];
  const { outputs, effects, error } = await run(document, mocks);
  assert.is(error, null);
  assert.equal(outputs, { a: 'One', b: 'Two' });
  assert.equal(
    effects.map((effect) => effect.error?.statusCode ?? effect.outputs?.['Name']),
    [503, 'One', 'Two'],
  );
});

test('a call after the last answer fails, and says which mock has none left', async () => {
  const document = deck({ cards: [read('a', 'u1'), read('b', 'u1')] });
  const { error, effects } = await run(document, [{ card: 'crm.read', answers: [{ outputs: { Name: 'One' } }] }]);
  assert.equal([error?.code, error?.at?.card], ['mock-exhausted', 'b']);
  assert.match(error?.message ?? '', /^Mock 1 for crm\.read has no answer left after 1\.$/);
  assert.is(effects.at(-1)?.error?.code, 'mock-exhausted');
});

test('an error has the code, the status and the words of the service', async () => {
  const document = deck({
    cards: [
      {
        id: 'try',
        card: 'error.ifError',
        blocks: {
          try: { cards: [read('a', 'u1')] },
          catch: { cards: [{ card: 'flow.return', in: { error: { from: '/error' } } }] },
        },
        outputs: [{ key: 'error', type: 'object' }],
      },
      { card: 'flow.return', in: { error: { from: '/try/error' } } },
    ],
  });
  const error = { message: 'No such user', statusCode: 404, body: { reason: 'gone' } };
  const caught = (await run(document, [{ card: 'crm.read', answer: { error } }])).outputs?.['error'];
  assert.equal(
    // The flow returns the error object.
    (({ message, code, statusCode, reason, body }) => ({ message, code, statusCode, reason, body }))(caught as never),
    { message: 'No such user', code: 404, statusCode: 404, reason: 'gone', body: { reason: 'gone' } },
  );
  const lost = { message: 'Nobody answers', code: 'http-network' };
  const { effects } = await run(document, [{ card: 'crm.read', answer: { error: lost } }]);
  assert.equal(effects[0]?.error, { ...lost, statusCode: null, body: null });
});

const streaming = (inputs: readonly unknown[]) =>
  deck(
    {
      cards: [
        {
          id: 'search',
          card: 'crm.search',
          in: { resultSet: 'Stream Matching Records', 'Streaming/Flow': { flow: 'helper' }, 'Streaming/days': 30 },
        },
        { card: 'flow.return', in: { count: { from: '/search/Records Streamed' } } },
      ],
    },
    {
      inputs: inputs as NonNullable<FlowDocument['inputs']>,
      cards: [
        {
          card: 'probe.see',
          in: Object.fromEntries((inputs as { key: string }[]).map(({ key }) => [key, { from: `/inputs/${key}` }])),
        },
      ],
    },
  );
const RECORD = { key: 'Record', type: 'object' };
const STATE = { key: 'State', type: 'object' };

test('a streaming card hands over the records of a mock, in order, and says how many', async () => {
  const records = [{ ID: '1' }, { ID: '2' }, { ID: '3' }];
  const { effects, outputs } = await run(streaming([RECORD, STATE]), [{ card: 'crm.search', answer: { records } }]);
  assert.equal(outputs, { count: 3 });
  assert.equal(effects[0]?.records, records);
  assert.equal(
    effects.slice(1).map(({ inputs }) => inputs),
    records.map((Record) => ({ Record, State: { days: 30 } })),
  );
});

test('made-up records are as many as the card reports, and have what the helper declares', async () => {
  const declared = { ...RECORD, properties: [text('ID'), { key: 'Last Login', type: 'date' }] };
  for (const count of [0, 1, 7]) {
    const { effects } = await run(streaming([declared, STATE]), [
      { card: 'crm.search', answer: { outputs: { 'Records Streamed': count } } },
    ]);
    const seen = effects.slice(1).map(({ inputs }) => inputs['Record']);
    assert.is(seen.length, count);
    for (const record of seen) {
      // A record is an object.
      const { ID, 'Last Login': login, ...more } = record as Record<string, string>;
      assert.ok(ID && /^\d{4}-\d\d-\d\dT/.test(login ?? '') && Object.keys(more).length === 0, JSON.stringify(record));
    }
  }
});

test('a helper with one input of another name gets record and state in it', async () => {
  const { effects } = await run(streaming([{ key: 'all', type: 'object' }]), [
    { card: 'crm.search', answer: { records: [{ ID: '1' }] } },
  ]);
  assert.equal(effects[1]?.inputs, { all: { Record: { ID: '1' }, State: { days: 30 } } });
});

test('a request says which flow and card made it, and is answered in order', async () => {
  const ask = (id: string) => ({ id, card: 'http.get', in: { url: 'https://a.example/x' } });
  const document = deck(
    {
      cards: [
        { id: 'call', card: 'flow.call', in: { flow: { flow: 'helper' } }, outputs: [text('first'), text('second')] },
      ],
    },
    {
      outputs: [text('first'), text('second')],
      cards: [
        ask('one'),
        ask('two'),
        { card: 'flow.return', in: { first: { from: '/one/body/n' }, second: { from: '/two/body/n' } } },
      ],
    },
  );
  const { effects, error } = await run(document, [
    {
      http: { method: 'GET', url: 'https://a.example/x' },
      answers: [{ json: { n: 'a' } }, { json: { n: 'b' }, delayMs: 5 }],
    },
  ]);
  assert.is(error, null);
  assert.equal(
    effects.map(({ kind, flow, card, outputs }) => [kind, flow, card, outputs?.['body']]),
    [
      ['http', 'helper', 'one', '{"n":"a"}'],
      ['http', 'helper', 'two', '{"n":"b"}'],
    ],
  );
});

test('nobody answers a request when its mock says so', async () => {
  const document = deck({ cards: [{ id: 'ask', card: 'http.get', in: { url: 'https://a.example/' } }] });
  const { error, effects } = await run(document, [{ http: {}, answer: { error: { message: 'Refused' } } }]);
  assert.equal([error?.code, error?.message], ['http-network', 'Refused']);
  assert.is(effects[0]?.error?.code, 'http-network');
});

test('a recorded run repeats itself: equal calls with other answers, a 404, records, a lost connection', async () => {
  const document = deck(
    {
      cards: [
        read('a', 'u1'),
        read('b', 'u1'),
        {
          id: 'tryGet',
          card: 'error.ifError',
          blocks: {
            try: { cards: [{ id: 'get', card: 'http.get', in: { url: 'https://a.example/gone' } }] },
            catch: { cards: [] },
          },
        },
        {
          id: 'try',
          card: 'error.ifError',
          blocks: { try: { cards: [read('c', 'gone')] }, catch: { cards: [] } },
        },
        {
          id: 'search',
          card: 'crm.search',
          in: { resultSet: 'Stream Matching Records', 'Streaming/Flow': { flow: 'helper' } },
        },
      ] as never,
    },
    { inputs: [{ key: 'Record', type: 'object' }], cards: [read('r', 'x')] },
  );
  const first = await run(document, [
    { card: 'crm.read', in: { ID: 'u1' }, answers: [{ outputs: { Name: 'One' } }, { outputs: { Name: 'Two' } }] },
    {
      card: 'crm.read',
      in: { ID: 'gone' },
      answer: { error: { message: 'No', statusCode: 404, body: { why: 'gone' } } },
    },
    { http: {}, answer: { status: 404, json: { a: 1 } } },
    { card: 'crm.search', answer: { records: [{ ID: '1' }, { ID: { $match: 'data' } }] } },
  ]);
  const mocks = mocksOf(first.effects);
  const again = await run(document, mocks);
  assert.equal(again.effects, first.effects);
  assert.equal([again.status, again.error?.code], [first.status, first.error?.code]);
  assert.equal(
    first.effects.map(({ error, outputs }) => error?.statusCode ?? outputs?.['statusCode'] ?? null),
    [null, null, 404, 404, null, null, null],
  );
  assert.equal(
    mocks[0]?.answers?.map(({ outputs }) => outputs?.['Name']),
    ['One', 'Two'],
  );
  assert.equal(mocksOf(again.effects), mocks, 'a second recording is the same');
});

test('where nothing is made up, a call without a mock fails with one to paste, and outputs left out are null', async () => {
  const document = deck({
    cards: [read('a', 'u1'), { card: 'flow.return', in: { name: { from: '/a/Name' }, mail: { from: '/a/Mail' } } }],
  });
  const strict = (mocks: readonly Mock[]) =>
    simulate(document, { packs: [standard], mocks, unforeseen: 'refuse' }).run();
  const { outputs } = await strict([{ card: 'crm.read', answer: { outputs: { Name: 'Ada' } } }]);
  assert.equal(outputs, { name: 'Ada', mail: null });
  const { error, problems } = await strict([{ card: 'crm.read', in: { ID: 'u2' }, answer: {} }]);
  assert.is(error?.code, 'mock-missing');
  assert.equal(problems, [
    {
      code: 'mock-missing',
      message: 'There is no mock for crm.read. The nearest is mock 1: ID is "u1", not "u2".',
      hint: 'Add a mock: {"card":"crm.read","answer":{"outputs":{}}}',
      flow: 'main',
      card: 'a',
    },
  ]);
});

test('a noted card keeps the fields that a card can have; no name of a stranger stops the rest', async () => {
  const names = ['__proto__', 'constructor', 'prototype', '', ' ', '\t\n'];
  const bad = names.flatMap((name) => [text(name), { ...text('x'), group: name }]);
  const good = [text('toString'), text('hasOwnProperty'), text('\u0000'), text('x'.repeat(20_000)), text('Name')];
  const shapes = [
    null,
    7,
    {},
    { key: 7 },
    { key: 'a', type: 'string' },
    { key: 'b', type: 'text', odd: 1 },
    text('Name'),
  ];
  const cards = { 'crm.read': { title: ' ', inputs: [...bad, ...good], outputs: [...bad, ...shapes, ...good] } };
  const document = {
    ...deck({ cards: [read('a', 'u1'), { card: 'flow.return', in: { name: { from: '/a/Name' } } }] }),
    // As a file of strangers may have it.
    meta: { cards: JSON.parse(JSON.stringify(cards)) },
  };
  const { error, outputs, effects } = await run(document, [{ card: 'crm.read', answer: { outputs: { Name: 'Ada' } } }]);
  assert.is(error, null);
  assert.equal(outputs, { name: 'Ada' });
  assert.equal(Object.keys(effects[0]?.inputs ?? {}).sort(), [...good.map(({ key }) => key), 'ID'].sort());
  assert.is(effects[0]?.inputs['ID'], 'u1');
});

test('a document that cannot be read is a DocumentError, whatever it is', () => {
  const strange = [
    { flowdeck: 1, flows: [null] },
    { flowdeck: 1, flows: [{ id: 'a', type: 'helper', cards: 7 }] },
    null,
    7,
  ];
  for (const document of [...strange, deck({ cards: [{ card: 'none' }] })]) {
    // The type forbids what a host may have read from a file.
    assert.throws(
      () => simulate(document as never, { packs: [standard] }),
      (error: unknown) => error instanceof DocumentError,
    );
  }
});

test('what is simulated without packs, as JavaScript lets it be, is told what is missing', () => {
  // The types ask for them.
  const untyped = simulate as unknown as (document: DeckDocument, options?: object) => unknown;
  for (const options of [undefined, {}, { packs: standard }]) {
    assert.throws(
      () => untyped(deck({ cards: [] }), options),
      (error: unknown) =>
        error instanceof FlowdeckError && error.code === 'option-invalid' && error.at.field === 'packs',
    );
  }
});

test('a cancel is heard in the midst of a loop that never waits', async () => {
  const document = deck(
    { cards: [{ card: 'control.repeat', in: { count: 10_000, flow: { flow: 'helper' } } }] },
    { cards: [{ card: 'control.assign', in: { n: 1 } }] },
  );
  const controller = new AbortController();
  let asked = false;
  const { status, steps } = await simulate(document, { packs: [standard] }).run({
    signal: controller.signal,
    onEvent() {
      if (!asked) setImmediate(() => controller.abort());
      asked = true;
    },
  });
  assert.is(status, 'cancelled', `after ${steps} cards`);
});

test.run();
