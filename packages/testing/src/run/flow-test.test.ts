/** What is promised of a test of a flow: nothing gets out, what is not foreseen fails, and so does what does not come. */
import { standard } from '@flowdeck/cards';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readSuite } from '../cases/read.js';
import { doubles } from '../doubles/adapter.js';
import { type CaseResult, runCase } from './run-case.js';

const DECK = {
  flowdeck: 1,
  tables: [
    {
      id: 't1',
      name: 'Tickets',
      columns: [
        { key: 'number', type: 'number' },
        { key: 'c2', label: 'Title', type: 'text' },
      ],
    },
  ],
  flows: [
    {
      id: 'open',
      name: 'Open ticket',
      type: 'manual',
      inputs: [{ key: 'i1', label: 'Title', type: 'text' }],
      outputs: [{ key: 'id', type: 'number' }],
      cards: [
        {
          id: 'send',
          card: 'http.post',
          in: { url: 'https://desk.example.com/tickets', body: { expr: '{"title": inputs.i1}' } },
          onError: { retry: { times: 1, delay: 30_000 } },
        },
        {
          id: 'number',
          card: 'object.get',
          in: { object: { from: '/send/body' }, path: 'id' },
          outputs: [{ key: 'output', type: 'number' }],
        },
        {
          id: 'row',
          card: 'tables.createRow',
          in: { table: 't1', 'fields/number': { from: '/number/output' }, 'fields/c2': { from: '/inputs/i1' } },
        },
        { id: 'tell', card: 'flow.call', in: { flow: { flow: 'notify' }, text: 'opened' } },
        { card: 'flow.return', in: { id: { from: '/number/output' } } },
      ],
    },
    { id: 'notify', name: 'Notify', type: 'helper', inputs: [{ key: 'text', type: 'text' }], cards: [] },
  ],
};

const SENT = { http: { method: 'POST', json: { title: 'Printer' } }, answers: [{ status: 201, json: { id: 7 } }] };
const NOTIFIED = { flow: 'Notify', answer: { outputs: {} } };
const EXPECTED = {
  outputs: { id: 7 },
  effects: [
    { http: { method: 'POST', url: { $match: '/tickets$' } }, at: 'open/send', status: 201 },
    { flow: 'Notify', in: { text: 'opened' } },
  ],
  tables: { Tickets: [{ number: 7, Title: 'Printer' }] },
};

const adapter = doubles({ packs: [standard] });

async function tried(entry: object): Promise<CaseResult> {
  const file = {
    subject: 'deck.json',
    run: 'Open ticket',
    cases: [{ id: 'a', inputs: { Title: 'Printer' }, mocks: [SENT, NOTIFIED], expect: EXPECTED, ...entry }],
  };
  const suite = readSuite(file, 'a.test.json');
  const [only] = suite.cases;
  assert.ok(only);
  return runCase(suite, only, adapter, { listening: 'heard', subjects: { document: () => DECK } });
}

async function failures(entry: object): Promise<readonly string[]> {
  const { failures } = await tried(entry);
  return failures.map(({ where, code }) => (code === undefined ? where : `${where} ${code}`));
}

test('a flow is tested by what people see of it: names of flows, tables, fields', async () => {
  const { status, failures, run } = await tried({});
  assert.equal([status, failures], ['passed', []]);
  assert.equal(run?.observed.border?.effects.length, 2);
  assert.ok(run?.events.some(({ type }) => type === 'card'));
});

test('a call without a mock fails, with a mock to paste', async () => {
  const {
    failures: [first, status],
  } = await tried({ mocks: [NOTIFIED] });
  assert.equal([first?.code, first?.where, status?.where], ['mock-missing', 'mocks (open/send)', 'status']);
  assert.match(first?.hint ?? '', /"http":\{"method":"POST"/);
  assert.is(status?.message, 'ended by that at open/send');
});

test('an error that nobody expected is told in words', async () => {
  const { failures } = await tried({ mocks: [{ http: {}, answer: { status: 503 } }, NOTIFIED] });
  const status = failures.find(({ where }) => where === 'status');
  assert.match(status?.message ?? '', /^[^{]+ \(http-status, status 503\) at open\/send$/);
});

test('a call without a mock is told once, and is no caught error to expect', async () => {
  const deck = {
    flowdeck: 1,
    id: 'a',
    type: 'helper',
    cards: [
      {
        card: 'error.ifError',
        blocks: { try: { cards: [{ card: 'http.get', in: { url: 'https://a.example' } }] }, catch: { cards: [] } },
      },
    ],
  };
  const suite = readSuite(
    { cases: [{ id: 'a', document: deck, mocks: [], expect: { status: 'success' } }] },
    'a.test.json',
  );
  const [only] = suite.cases;
  assert.ok(only);
  const { failures, run } = await runCase(suite, only, adapter, { listening: 'heard' });
  assert.equal([failures.map(({ code }) => code), run?.caught.length], [['mock-missing'], 1]);
});

test('what does not come, comes as well, or comes otherwise, fails', async () => {
  const rows: readonly [entry: object, failing: readonly string[]][] = [
    [{ mocks: [SENT, NOTIFIED, { http: { method: 'GET' }, answer: {} }] }, ['mocks/2 mock-unused']],
    [{ expect: { ...EXPECTED, outputs: { id: 8 } } }, ['outputs/id']],
    [{ expect: { ...EXPECTED, effects: EXPECTED.effects.slice(0, 1) } }, ['effects/1']],
    [{ expect: { ...EXPECTED, effects: [...EXPECTED.effects, { flow: 'Notify' }] } }, ['effects/2']],
    [{ expect: { ...EXPECTED, effects: EXPECTED.effects.toReversed() } }, ['effects/0']],
    [{ expect: { ...EXPECTED, effects: [{ $unordered: EXPECTED.effects.toReversed() }] } }, []],
    [{ expect: { effects: [{ $unordered: [...EXPECTED.effects, { flow: 'Notify' }] }] } }, ['effects/0/$unordered']],
    [{ expect: { effects: [{ http: {}, status: 200 }, { flow: 'notify' }] } }, ['effects/0/status']],
    [{ expect: { effects: [{ http: {}, error: { code: 'x' } }, { flow: 'notify' }] } }, ['effects/0/error']],
    [{ expect: { tables: { Tickets: [] } } }, ['tables/t1']],
    [{ expect: { tables: { Tickets: [{ number: 8, Title: 'Printer' }] } } }, ['tables/t1/0/number']],
    [{ expect: { tables: { Tickets: [{ number: 7 }] } } }, ['tables/t1/0/c2']],
    [{ expect: { steps: { $lte: 3 } } }, ['steps']],
    [{ expect: { steps: { $lte: 9 }, notRan: ['tell'] } }, ['notRan/0']],
    [{ expect: { notRan: ['open/tell'] } }, ['notRan/0']],
    [{ expect: { status: 'stopped' } }, ['status']],
  ];
  for (const [entry, failing] of rows) assert.equal(await failures(entry), failing, JSON.stringify(entry));
});

test('names that the deck does not have are told before anything runs, with what was meant', async () => {
  const rows: readonly [entry: object, where: string, hint: RegExp][] = [
    [{ run: 'Open tikcet' }, 'run', /"Open ticket"/],
    [{ inputs: { Titel: 'x' } }, 'inputs/Titel', /"Title"/],
    [{ tables: { Ticket: [] } }, 'tables/Ticket', /"Tickets"/],
    [{ tables: { Tickets: [{ Numer: 1 }] } }, 'tables/Tickets/0/Numer', /"number"/],
    [{ mocks: [{ flow: 'Notfy', answer: {} }] }, 'mocks/0/flow', /"notify"/i],
    [{ expect: { effects: [{ flow: 'Notfy' }] } }, 'expect/effects/0/flow', /"notify"/i],
    [
      { expect: { effects: [{ $unordered: [{ flow: 'Notify', in: { txt: 1 } }] }] } },
      'expect/effects/0/$unordered/0/in/txt',
      /"text"/,
    ],
    [{ expect: { tables: { Tickets: [{ Titl: 1 }] } } }, 'expect/tables/Tickets/0/Titl', /"Title"/],
    [{ expect: { notRan: ['sned'] } }, 'expect/notRan/0', /"send"/],
  ];
  for (const [entry, where, hint] of rows) {
    const {
      failures: [failure],
      run,
    } = await tried(entry);
    assert.equal([failure?.where, failure?.code, run], [where, 'mock-unknown', undefined]);
    assert.match(failure?.hint ?? '', hint);
  }
});

test('an attempt that is repeated is a call, a wait, and no caught error', async () => {
  const twice = { ...SENT, answers: [{ status: 429 }, ...SENT.answers] };
  const expect = {
    waits: [30_000],
    durationMs: 30_000,
    effects: [{ http: {}, status: 429 }, { http: {}, status: 201 }, { flow: 'Notify' }],
  };
  assert.equal((await tried({ mocks: [twice, NOTIFIED], expect })).failures, []);
});

/** Three ways in which an error does not end a run. */
const KEEPING = {
  flowdeck: 1,
  flows: [
    {
      id: 'main',
      type: 'manual',
      cards: [
        {
          id: 'attempt',
          card: 'error.ifError',
          blocks: {
            try: {
              cards: [
                {
                  id: 'outer',
                  card: 'control.ifElse',
                  in: { left: 1, operator: '==', right: 1 },
                  blocks: { then: { cards: [{ id: 'ask', card: 'crm.read' }] } },
                },
              ],
            },
            catch: { cards: [] },
          },
        },
        { id: 'each', card: 'list.forEachIgnoreErrors', in: { list: { value: [1, 2] }, flow: { flow: 'helper' } } },
        { id: 'beside', card: 'flow.callAsync', in: { flow: { flow: 'helper' } } },
      ],
    },
    { id: 'helper', type: 'helper', cards: [{ id: 'inner', card: 'crm.read' }] },
  ],
};

test('an error that something keeps to itself fails the case unless it is named', async () => {
  const mocks = [{ card: 'crm.read', answer: { error: { message: 'Gone', statusCode: 404 } } }];
  const read = async (expect: object) => {
    const suite = readSuite({ cases: [{ id: 'a', document: KEEPING, run: 'main', mocks, expect }] }, 'a.json');
    const [entry] = suite.cases;
    assert.ok(entry);
    return runCase(suite, entry, adapter, { listening: 'heard' });
  };
  const { failures, run } = await read({ status: 'success' });
  assert.equal(
    (run?.caught ?? []).map(({ at, by }) => `${at.card} by ${by.flow}/${by.card}`),
    ['ask by main/attempt', 'inner by main/each', 'inner by main/each', 'inner by helper/null'],
  );
  assert.equal(
    failures.map(({ where }) => where),
    ['caught', 'caught', 'caught', 'caught'],
  );
  const inner = { statusCode: 404, at: { flow: 'helper' } };
  assert.equal((await read({ caught: [{ message: 'Gone', at: { card: 'ask' } }, inner, inner, inner] })).failures, []);
  const missing = await read({ caught: [{ message: 'Other' }, { at: { card: 'ask' } }, inner, inner, inner] });
  assert.equal(
    missing.failures.map(({ message }) => message),
    ['is not caught'],
  );
});

test('rows, files and time begin as the case says', async () => {
  const clock = { start: '2030-01-31T08:00:00.000Z' };
  const tables = { Tickets: [{ number: 1, Title: 'Old', 'Row ID': 'r1' }] };
  const expected = {
    Tickets: [
      { number: 1, Title: 'Old', 'Row ID': 'r1', Created: { $date: '2030-01-31' } },
      { number: 7, Title: 'Printer', 'Row ID': { $any: true }, Created: { $any: true } },
    ],
  };
  assert.equal((await tried({ clock, tables, expect: { tables: expected } })).failures, []);
});

test('twice the same, to the byte', async () => {
  const { durationMs: _first, ...first } = await tried({});
  const { durationMs: _second, ...second } = await tried({});
  assert.is(JSON.stringify(second), JSON.stringify(first));
});

test.run();
