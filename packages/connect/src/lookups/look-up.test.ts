/** Asking what a field may be: what is told, what is searched, and each way that it can go wrong. */
import { standard } from '@flowdeck/cards';
import { createEngine, FlowdeckError, type HttpRequest } from '@flowdeck/engine';
import { type ConnectorLookup, parseDocument } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { manifest } from '../testing/connectors.js';
import { type FieldQuestion, lookUpField } from './look-up.js';

const text = (key: string, more: object = {}) => ({ key, type: 'text', ...more });

const ACTION = {
  id: 'send',
  type: 'action',
  options: [text('From'), text('Kind', { choices: ['sms', 'call'] }), { key: 'Folder', type: 'number' }],
  inputs: [text('Table'), { key: 'Row', type: 'object' }, text('Body')],
  outputs: [{ key: 'Found', type: 'object' }],
  cards: [{ card: 'flow.return', in: {} }],
};

/** Asks the service, and gives what it answers under both names. */
const ASK = {
  id: 'ask',
  type: 'helper',
  inputs: [text('table'), text('typed'), { key: 'most', type: 'number' }],
  outputs: [
    { key: 'choices', type: 'any' },
    { key: 'fields', type: 'any' },
    { key: 'page', type: 'any' },
  ],
  cards: [
    {
      id: 'get',
      card: 'http.get',
      in: {
        url: 'https://acme.example/',
        query: { expr: '{"table": inputs.table, "typed": inputs.typed, "most": inputs.most}' },
      },
    },
    {
      card: 'flow.return',
      in: { choices: { from: '/get/body' }, fields: { from: '/get/body' }, page: { from: '/get/body' } },
    },
  ],
};

/** A connector with this lookup, whose service answers so. */
function world(lookup: Partial<ConnectorLookup>, answer: unknown, status = 200) {
  const requests: HttpRequest[] = [];
  const http = {
    async request(request: HttpRequest) {
      requests.push(request);
      const body = new TextEncoder().encode(JSON.stringify(answer));
      return { status, statusText: '', headers: { 'content-type': 'application/json' }, body, url: request.url };
    },
  };
  const connections = { work: { connector: 'acme', auth: { username: 'a', password: 'b' } } };
  const engine = createEngine({ packs: [standard], ports: { http, connections } });
  const source = {
    flowdeck: 1,
    connector: manifest({
      flows: { actions: ['send'] },
      lookups: [{ actions: ['send'], field: 'From', flow: 'ask', ...lookup }],
    }),
    flows: [ACTION, ASK],
  };
  const { document, diagnostics } = parseDocument(source);
  assert.ok(document, JSON.stringify(diagnostics));
  const deck = engine.load(document);
  const ask = (more: Partial<FieldQuestion> = {}) =>
    lookUpField({ engine, deck, action: 'send', field: 'From', connection: 'work', ...more });
  const queries = () => requests.map(({ url }) => Object.fromEntries(new URL(url).searchParams));
  return { ask, queries, engine };
}

const NUMBERS = [
  { label: 'Support', value: '+15550100' },
  { label: 'Sales', value: '+15550199' },
];

const refusedWith = async (work: Promise<unknown>, code: string, message: RegExp, hint: RegExp) => {
  const error = await work.then(
    () => assert.unreachable('it was answered'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof FlowdeckError, String(error));
  assert.is(error.code, code);
  assert.match(error.message, message);
  assert.match(error.hint ?? '', hint);
};

test('choices: as the service has them, and those that have to do with what is typed', async () => {
  const { ask } = world({}, NUMBERS);
  assert.equal(await ask(), { kind: 'choices', choices: NUMBERS });
  assert.equal(await ask({ search: 'SUP' }), { kind: 'choices', choices: [NUMBERS[0]] }, 'by the label');
  assert.equal(await ask({ search: '0199' }), { kind: 'choices', choices: [NUMBERS[1]] }, 'by the value');
  assert.equal(await ask({ search: 'none such' }), { kind: 'choices', choices: [] });
});

test('a flow that can search does so; constants and what is chosen go with it', async () => {
  const { ask, queries } = world({ search: 'typed', inputs: { most: 9 }, depends: { table: 'Table' } }, NUMBERS);
  const chosen = { Table: 'people' };
  assert.equal(await ask({ chosen, search: 'sup' }), { kind: 'choices', choices: NUMBERS }, 'not searched twice');
  assert.equal(queries(), [{ table: 'people', typed: 'sup', most: '9' }]);
});

test('what is chosen first is asked for before the service is', async () => {
  const { ask, queries } = world({ depends: { table: 'Table' } }, NUMBERS);
  for (const chosen of [{}, { Table: '' }, { Table: null }])
    await refusedWith(ask({ chosen }), 'lookup-depends', /"From" of "send" depends on "Table"/, /Choose "Table" first/);
  assert.equal(queries(), []);
});

test('an action may be asked: pointers lead to the list, the value and the label', async () => {
  const answer = { list: [{ id: 7, names: { short: 'Inbox' } }, { id: '8' }] };
  const places = { field: 'Folder', items: '/page/list', value: '/id', label: '/names/short' };
  const { ask } = world(places, answer);
  const choices = [
    { label: 'Inbox', value: 7 },
    { label: '8', value: 8 },
  ];
  assert.equal(await ask({ field: 'Folder' }), { kind: 'choices', choices }, 'of the type of the field');
});

test('bare texts are values and labels; declared choices need no connection', async () => {
  assert.equal(await world({}, ['a', 'b']).ask(), {
    kind: 'choices',
    choices: [
      { label: 'a', value: 'a' },
      { label: 'b', value: 'b' },
    ],
  });
  const { engine, ask, queries } = world({}, NUMBERS);
  assert.ok(engine);
  const declared = { kind: 'choices', choices: [{ label: 'sms', value: 'sms' }] };
  assert.equal(await ask({ field: 'Kind', search: 'sm' }), declared);
  assert.equal(queries(), []);
});

test('fields: the members of an input, and of an output', async () => {
  const fields = [
    { key: 'name', type: 'text', label: 'Name', required: true },
    { key: 'due', type: 'date' },
  ];
  for (const field of ['Row', 'Found'])
    assert.equal(await world({ field, gives: 'fields' }, fields).ask({ field }), { kind: 'fields', fields });
});

test('a question about what is not there names what is', async () => {
  const { ask, engine } = world({}, NUMBERS);
  await refusedWith(ask({ action: 'sned' }), 'lookup-unknown', /no action "sned"/, /Did you mean "send"/);
  await refusedWith(ask({ action: 'ask' }), 'lookup-unknown', /no action "ask"/, /send/);
  await refusedWith(ask({ field: 'Frm' }), 'lookup-unknown', /no field "Frm"/, /Did you mean "From"/);
  await refusedWith(ask({ field: 'Body' }), 'lookup-none', /"Body" of "send" is not chosen/, /These are: From, Kind\./);
  const plain = engine.load({ flowdeck: 1, id: 'f', type: 'manual', cards: [] });
  await refusedWith(ask({ deck: plain }), 'lookup-unknown', /no connector/, /engine\.connector/);
});

test('without a connection the service is not asked', async () => {
  const { engine } = world({}, NUMBERS);
  const { document } = parseDocument({
    flowdeck: 1,
    connector: manifest({ flows: { actions: ['send'] }, lookups: [{ actions: ['send'], field: 'From', flow: 'ask' }] }),
    flows: [ACTION, ASK],
  });
  assert.ok(document);
  const asked = lookUpField({ engine, deck: engine.load(document), action: 'send', field: 'From' });
  await refusedWith(asked, 'lookup-connection', /only the service can tell/, /connection to ask with/);
});

test('a flow that fails is told as it failed', async () => {
  const refused = await world({}, { message: 'No.' }, 403).ask();
  assert.is(refused.kind === 'failed' && refused.error.statusCode, 403);
  await refusedWith(world({}, NUMBERS).ask({ connection: 'nobody' }), 'connection-missing', /"nobody"/, /./);
  const cancelled = await world({}, NUMBERS).ask({ signal: AbortSignal.abort() });
  assert.is(cancelled.kind === 'failed' && cancelled.error.code, 'cancelled');
});

test('an answer of another shape names the place', async () => {
  const answers = [
    [{}, { data: [] }, /"ask" gave no list at \/choices, but object\./, /^$/],
    [{ items: '/page/list' }, { data: [] }, /gave nothing at \/page\/list/, /It has choices, fields, page/],
    [{}, [...NUMBERS, { key: 'Support', val: '+1' }], /Item 2 of what "ask" gave has no \/value/, /It has key, val\./],
    [{ field: 'Folder' }, [{ label: 'Inbox', value: 'seven' }], /Item 0 of what "ask" gave is no number/, /^$/],
    [{ field: 'Row', gives: 'fields' }, [{ key: 'a', type: 'txt' }], /no list of fields: at "\/0\/type"/, /./],
    [{ field: 'Row', gives: 'fields' }, [{ name: 'a' }], /no list of fields: at "\/0/, /./],
    [{ field: 'Row', gives: 'fields' }, 'a', /gave no list at \/fields, but text\./, /^$/],
  ] as const;
  for (const [lookup, answer, message, hint] of answers)
    await refusedWith(
      world(lookup, answer).ask('field' in lookup ? { field: lookup.field } : {}),
      'lookup-answer',
      message,
      hint,
    );
});

test.run();
