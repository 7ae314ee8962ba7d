/** Made-up values do what the flow asks of them: JSON is JSON, rows exist, records have what is read. */
import { standard } from '@flowdeck/cards';
import type { DeckDocument } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { simulate } from './simulate.js';

const TABLES = [
  {
    id: 'users',
    columns: [
      { key: 'name', type: 'text' },
      { key: 'seen', type: 'date' },
    ],
  },
];

/** A document of the test: it has what its flows need, and is checked when it is loaded. */
function deck(flows: readonly object[], cards: object = {}): DeckDocument {
  return { flowdeck: 1, meta: { cards }, tables: TABLES, flows } as unknown as DeckDocument;
}
const main = (inputs: readonly object[], cards: readonly object[]) => ({ id: 'main', type: 'helper', inputs, cards });
const text = (key: string, group?: string) => ({ key, type: 'text', ...(group ? { group } : {}) });

async function run(document: DeckDocument, more: object = {}) {
  const result = await simulate(document, { packs: [standard], ...more }).run({ flow: 'main' });
  assert.is(result.error, null, JSON.stringify(result.error));
  return result;
}

test('a text that is parsed as JSON is JSON, with the members that are read', async () => {
  const cards = [
    { id: 'parse', card: 'json.parse', in: { text: { from: '/inputs/raw/note' } } },
    { id: 'mail', card: 'object.get', in: { object: { from: '/parse/output' }, path: 'user.email' } },
    {
      id: 'some',
      card: 'object.getMultiple',
      in: { object: { from: '/parse/output' } },
      outputs: [{ key: 'age', type: 'number' }, text('user.lastLogin')],
    },
    {
      card: 'flow.return',
      in: { mail: { from: '/mail/output' }, age: { from: '/some/age' }, login: { from: '/some/user.lastLogin' } },
    },
  ];
  const { outputs } = await run(deck([main([text('note', 'raw')], cards)]));
  assert.match(String(outputs?.['mail']), /@example\.com$/);
  assert.type(outputs?.['age'], 'number');
  assert.match(String(outputs?.['login']), /^\d{4}-\d\d-\d\dT/);
});

test('outputs of a stand-in, too; and a text that is read as a number, a date or an object holds one', async () => {
  const signature = { inputs: [], outputs: [text('Answer', 'Result'), text('Size'), text('When'), text('Whole')] };
  const cards = [
    { id: 'ask', card: 'svc.ask' },
    { id: 'parse', card: 'json.parse', in: { text: { from: '/ask/Result/Answer' } } },
    { id: 'name', card: 'object.get', in: { object: { from: '/parse/output' }, path: 'name' } },
    { id: 'sum', card: 'number.add', in: { a: { from: '/ask/Size' }, b: 1 } },
    { id: 'day', card: 'date.toText', in: { date: { from: '/ask/When' }, format: 'YYYY' } },
    { id: 'keys', card: 'object.keys', in: { object: { from: '/ask/Whole' } } },
    { card: 'flow.return', in: { name: { from: '/name/output' } } },
  ];
  const { outputs } = await run(deck([main([], cards)], { 'svc.ask': signature }));
  assert.type(outputs?.['name'], 'string');
});

test('a type that the author chose for an input counts, and what is asked of a block is asked of what it hands out', async () => {
  const typed = (key: string, type: string, group?: string) => ({ key, type, ...(group ? { group } : {}) });
  const cards = [
    {
      id: 'make',
      card: 'object.construct',
      in: { whole: { from: '/inputs/whole' } },
      inputs: [typed('whole', 'object')],
    },
    {
      id: 'row',
      card: 'tables.createRow',
      in: { table: 'users', 'fields/name': { from: '/inputs/size' } },
      inputs: [typed('name', 'number', 'fields')],
    },
    {
      id: 'choose',
      card: 'control.ifElse',
      in: { left: 1, operator: '==', right: 1 },
      outputs: [typed('layer', 'object'), typed('count', 'any')],
      blocks: {
        then: { cards: [], out: { layer: { from: '/inputs/layer' }, count: { from: '/inputs/count' } } },
        else: { cards: [] },
      },
    },
    { id: 'sum', card: 'number.add', in: { 'number 1': { from: '/choose/count' }, 'number 2': 1 } },
    { id: 'raw', card: 'http.raw', in: { method: { from: '/inputs/how' }, url: 'https://example.com/' } },
    { card: 'flow.return', in: { layer: { from: '/choose/layer' }, sum: { from: '/sum/output' } } },
  ];
  const inputs = ['whole', 'size', 'layer', 'count', 'how'].map((key) => text(key));
  const { outputs } = await run(deck([main(inputs, cards)]));
  assert.type(outputs?.['layer'], 'object');
  assert.type(outputs?.['sum'], 'number');
});

test('what a helper reads of an item, the list of the caller has', async () => {
  const helper = {
    id: 'each',
    type: 'helper',
    inputs: [{ key: 'user', type: 'object' }],
    cards: [
      {
        id: 'get',
        card: 'object.get',
        in: { object: { from: '/inputs/user' }, path: 'Created' },
        outputs: [{ key: 'output', type: 'date' }],
      },
      { id: 'day', card: 'date.toText', in: { date: { from: '/get/output' }, format: 'YYYY' } },
      { card: 'probe.see', in: { day: { from: '/day/output' } } },
    ],
  };
  const loop = {
    card: 'list.forEach',
    in: { list: { from: '/inputs/users' }, flow: { flow: 'each' }, user: { item: '' } },
  };
  const { effects } = await run(deck([main([{ key: 'users', type: 'object', list: true }], [loop]), helper]));
  assert.ok(effects.length > 0);
  for (const { inputs } of effects) assert.match(String(inputs['day']), /^\d{4}$/);
});

const READ_ROW = [
  {
    id: 'row',
    card: 'tables.readRow',
    in: { table: 'users', 'row id': { from: '/inputs/row' } },
    outputs: [text('name')],
  },
  {
    id: 'change',
    card: 'tables.updateRow',
    in: { table: 'users', 'row id': { from: '/inputs/row' }, 'fields/name': 'Ada' },
  },
  { id: 'drop', card: 'tables.deleteRow', in: { table: 'users', 'row id': { from: '/inputs/row' } } },
];

test('a row of which the id is made up exists, once it is asked for', async () => {
  const document = deck([main([text('row')], READ_ROW)]);
  const { tables } = await run(document);
  assert.equal(tables[0]?.removed, 1);
  const given = await simulate(document, { packs: [standard] }).run({ flow: 'main', inputs: { row: 'not-made-up' } });
  assert.is(given.error?.code, 'row-missing');
});

test('rows may be given with their ids', async () => {
  const search = [
    { id: 'row', card: 'tables.readRow', in: { table: 'users', 'row id': 'u7' } },
    { id: 'all', card: 'tables.searchRows', in: { table: 'users', result: 'all' } },
    { card: 'flow.return', in: { rows: { from: '/all/rows' } } },
  ];
  const rows = { users: [{ 'Row ID': 'u7', name: 'Ada' }, { name: 'Bob' }] };
  const { outputs } = await run(deck([main([], search)]), { rows });
  // Rows come as objects.
  const found = outputs?.['rows'] as readonly Record<string, unknown>[];
  assert.equal([found.length, found[0]?.['Row ID'], found[0]?.['name']], [2, 'u7', 'Ada']);
});

test('dates lie before the time at which the run begins', async () => {
  const cards = [{ card: 'flow.return', in: { at: { from: '/inputs/Last Login' } } }];
  const { outputs } = await run(deck([main([text('Last Login')], cards)]), { now: new Date('2031-06-01T00:00:00Z') });
  assert.match(String(outputs?.['at']), /^203[01]-/);
});

test('a mock may stand for a flow: it is not run, and the call is told', async () => {
  const call = {
    id: 'tell',
    card: 'flow.call',
    in: { flow: { flow: 'notify' }, to: 'ada' },
    outputs: [{ key: 'sent', type: 'boolean' }],
  };
  const notify = {
    id: 'notify',
    name: 'Notify',
    type: 'helper',
    inputs: [text('to')],
    outputs: [{ key: 'sent', type: 'boolean' }],
    cards: [{ card: 'svc.send' }],
  };
  const document = deck([main([], [call, { card: 'flow.return', in: { sent: { from: '/tell/sent' } } }]), notify]);
  const mocks = [{ flow: 'Notify', in: { to: 'ada' }, answer: { outputs: { sent: true } } }];
  const { outputs, effects, unused } = await run(document, { mocks });
  assert.equal(outputs, { sent: true });
  assert.equal(
    effects.map(({ kind, flow, card, action, inputs }) => ({ kind, flow, card, action, inputs })),
    [{ kind: 'flow', flow: 'main', card: 'tell', action: 'notify', inputs: { to: 'ada' } }],
  );
  assert.equal(unused, []);
  const failing = [{ flow: 'notify', answer: { error: { message: 'Closed' } } }];
  const failed = await simulate(document, { packs: [standard], mocks: failing }).run({ flow: 'main' });
  assert.equal([failed.error?.code, failed.error?.message], ['returned-error', 'Closed']);
});

test('what people see of a field stands for its key in mocks, where it means one', async () => {
  const field = (key: string, label: string) => ({ key, label, group: 'User', type: 'text' });
  const cards = {
    'svc.read': {
      inputs: [field('id_QX1', 'ID')],
      outputs: [field('n_7', 'Name'), field('a_1', 'Twice'), field('a_2', 'Twice')],
    },
  };
  const document = deck(
    [
      main(
        [],
        [
          { id: 'read', card: 'svc.read', in: { 'User/id_QX1': 'u1' } },
          { card: 'flow.return', in: { name: { from: '/read/User/n_7' } } },
        ],
      ),
    ],
    cards,
  );
  const mocks = [
    { card: 'svc.read', in: { 'User/ID': 'u1' }, answer: { outputs: { 'User/Name': 'Ada', 'User/Twice': 'x' } } },
  ];
  const simulation = simulate(document, { packs: [standard], mocks });
  assert.equal((await simulation.run({ flow: 'main' })).outputs, { name: 'Ada' });
  assert.equal(
    simulation.misnamed.map(({ code, pointer }) => [code, pointer]),
    [['mock-unknown', '/mocks/0/answer/outputs/User~1Twice']],
  );
});

test.run();
