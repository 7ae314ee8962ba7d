import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { anyDocument, deck, flow } from './fixtures.test.js';
import { flowsOf, parseDocument, printDocument } from './index.js';

/** A flow with one card, changed. */
const card = (change: object) => ({ ...flow, cards: [{ id: 'one', card: 'a.b', ...change }] });
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

/** Each code, what provokes it, and where it is reported. */
const BAD: [code: string, source: unknown, pointer: string][] = [
  ['json-syntax', '{"flowdeck": 1,}', ''],
  ['document-too-large', `"${'é'.repeat(40)}"`, ''],
  ['document-too-deep', nested(10_000), '/0'.repeat(20)],
  ['key-too-long', { ...flow, meta: { a: { ['k'.repeat(1025)]: 1 } } }, '/meta/a'],
  ['unsafe-key', JSON.stringify(flow).replace('"template"', '"__proto__"'), '/cards/0/in/__proto__'],
  ['unsafe-key', JSON.stringify(flow).replace('"try"', '"constructor"'), '/cards/1/blocks/constructor'],
  ['unsafe-key', { ...flow, meta: { deep: [{ prototype: 1 }] } }, '/meta/deep/0/prototype'],
  ['unsafe-key', card({ in: { a: { from: '/inputs/constructor/name' } } }), '/cards/0/in/a/from'],
  ['unsafe-key', card({ id: 'prototype' }), '/cards/0/id'],
  ['unsafe-key', { ...flow, inputs: [{ key: '__proto__', type: 'text' }] }, '/inputs/0'],
  ['not-json', { ...flow, meta: { when: new Date(0) } }, '/meta/when'],
  ['not-json', { ...flow, meta: { n: Number.NaN } }, '/meta/n'],
  ['not-json', JSON.stringify(flow).replace('"Hello"', '1e999'), '/cards/1/blocks/try/cards/0/in/Body'],
  ['not-json', { ...flow, meta: { list: [undefined] } }, '/meta/list/0'],
  ['not-json', undefined, ''],
  ['unsupported-version', { ...flow, flowdeck: 2 }, '/flowdeck'],
  ['unsupported-version', { ...flow, flowdeck: '1' }, '/flowdeck'],
  ['unsupported-version', { ...flow, $schema: 'https://example.com/flow-2.json' }, '/$schema'],
  ['schema-type', [], ''],
  ['schema-type', { ...flow, cards: {} }, '/cards'],
  ['schema-type', card({ in: { to: ['a'] } }), '/cards/0/in/to'],
  ['schema-type', card({ in: { 'a/b~c': ['a'] } }), '/cards/0/in/a~1b~0c'],
  ['schema-type', card({ blocks: { 'x/~': { cards: [], out: { '~1': [] } } } }), '/cards/0/blocks/x~1~0/out/~01'],
  ['schema-required', { flowdeck: 1, id: 'a', type: 'helper' }, ''],
  ['schema-unknown-property', card({ inn: {} }), '/cards/0/inn'],
  ['schema-enum', { ...flow, type: 'helpr' }, '/type'],
  ['schema-id', { ...flow, id: '1st' }, '/id'],
  ['schema-card-type', card({ card: 'compose' }), '/cards/0/card'],
  ['schema-blank', card({ connection: ' ' }), '/cards/0/connection'],
  ['schema-version', { ...deck, connector: { ...deck.connector, version: 'v1' } }, '/connector/version'],
  ['schema-binding', card({ in: { a: {} } }), '/cards/0/in/a'],
  ['schema-binding', card({ in: { a: { value: 1, expr: '1' } } }), '/cards/0/in/a'],
  ['schema-range', card({ timeout: 0 }), '/cards/0/timeout'],
  ['schema-range', card({ onError: { retry: { times: 1, delay: [1] } } }), '/cards/0/onError/retry/delay'],
  ['schema-block-name', card({ blocks: { 10: { cards: [] } } }), '/cards/0/blocks/10'],
  ['malformed-pointer', card({ in: { a: { from: 'inputs/x' } } }), '/cards/0/in/a/from'],
  ['malformed-pointer', card({ in: { a: { from: '/inputs/~2' } } }), '/cards/0/in/a/from'],
  ['malformed-pointer', card({ in: { a: { item: 'x' } } }), '/cards/0/in/a/item'],
  ['duplicate-id', { ...flow, cards: [...flow.cards, { id: 'send', card: 'a.b' }] }, '/cards/2/id'],
  ['duplicate-flow', { ...deck, flows: [...deck.flows, deck.flows[1]] }, '/flows/2/id'],
  ['duplicate-table', { ...deck, tables: [...deck.tables, ...deck.tables] }, '/tables/1/id'],
  ['duplicate-field', { ...flow, inputs: [...flow.inputs, ...flow.inputs] }, '/inputs/1'],
  ['reserved-id', card({ id: 'inputs' }), '/cards/0/id'],
  ['misplaced-trigger', { ...flow, schedule: { cron: '* * * * *' } }, '/schedule'],
  ['misplaced-trigger', { ...flow, access: { by: 'open' } }, '/access'],
  ['misplaced-trigger', { ...flow, event: { name: 'order.placed' } }, '/event'],
  [
    'misplaced-trigger',
    { ...flow, type: 'api', access: { by: 'open', issuer: 'https://a.example' } },
    '/access/issuer',
  ],
  ['misplaced-trigger', { ...flow, type: 'event', event: { name: 'x', everySeconds: 5 } }, '/event/everySeconds'],
  ['access-incomplete', { ...flow, type: 'api', access: { by: 'oauth', issuer: 'https://a.example' } }, '/access'],
  [
    'access-incomplete',
    { ...flow, type: 'api', access: { by: 'oauth', issuer: 'a.example', audience: 'x' } },
    '/access/issuer',
  ],
];

for (const [code, source, pointer] of BAD) {
  test(`${code} at ${pointer.slice(0, 60) || 'the root'}`, () => {
    const { document, diagnostics } = parseDocument(source, {
      maxBytes: code === 'document-too-large' ? 60 : 1e6,
      maxDepth: 20,
    });
    assert.is(document, null);
    const found = diagnostics.map((one) => `${one.severity} ${one.code} ${one.pointer}`);
    assert.equal(found, [`error ${code} ${pointer}`]);
    const [only] = diagnostics;
    assert.match(only?.message ?? '', /^.{10,}\.$/);
    assert.match(only?.hint ?? '', /^.{10,}[.?]$/);
  });
}

test('all is told, of shape and of meaning, with their flow and card', () => {
  const source = card({ crd: 1, in: { a: { form: '/x' }, b: { from: '/x/__proto__' } }, timeout: '5' });
  const { diagnostics } = parseDocument(source);
  assert.equal(
    diagnostics.map(({ code, pointer, hint, flow, card }) => [code, pointer, hint, flow, card]),
    [
      [
        'schema-unknown-property',
        '/cards/0/crd',
        'Known properties: id, card, title, note, connection, in, inputs, outputs, blocks, onError, timeout, atMostOnce, meta.',
        'notify',
        'one',
      ],
      ['schema-unknown-property', '/cards/0/in/a/form', 'Did you mean "from"?', 'notify', 'one'],
      ['schema-type', '/cards/0/timeout', 'Write a number.', 'notify', 'one'],
      ['unsafe-key', '/cards/0/in/b/from', 'Only properties of the value itself can be read.', 'notify', 'one'],
    ],
  );
});

test('a misspelt required property is one diagnostic', () => {
  const { diagnostics } = parseDocument({ ...flow, cards: [{ crad: 'a.b' }] });
  assert.equal(
    diagnostics.map(({ code, hint }) => [code, hint]),
    [['schema-unknown-property', 'Did you mean "card"?']],
  );
});

test('both places of a duplicate are named', () => {
  const { diagnostics } = parseDocument({ ...flow, cards: [...flow.cards, { id: 'send', card: 'a.b' }] });
  assert.match(diagnostics[0]?.message ?? '', '/cards/1/blocks/try/cards/0/id');
});

test('a diagnostic of text has file, line and column; of a value it has none', () => {
  const placed = (source: unknown, file?: string) =>
    parseDocument(source, file === undefined ? {} : { file }).diagnostics.map(({ code, message, ...rest }) => {
      assert.not.match(message, /line|column|a\.flow/);
      return [code, rest.file, rest.line, rest.column];
    });
  assert.equal(placed('\uFEFF{"a":\r\n tru}', 'a.flow.json'), [['json-syntax', 'a.flow.json', 2, 2]]);
  const text = JSON.stringify(card({ crd: 1, timeout: '5' }), null, 1);
  const lineOf = (part: string) => text.slice(0, text.indexOf(part)).split('\n').length;
  assert.equal(placed(text), [
    ['schema-unknown-property', undefined, lineOf('"crd"'), 4],
    ['schema-type', undefined, lineOf('"timeout"'), 4],
  ]);
  assert.equal(placed(card({ crd: 1 })), [['schema-unknown-property', undefined, undefined, undefined]]);
});

test('what was parsed is handed on, not parsed again', () => {
  const parsed = parseDocument(JSON.stringify(flow), { file: 'a.flow.json' });
  assert.is(parseDocument(parsed, { file: 'b.flow.json' }), parsed);
  const [placed] = parsed.place([{ severity: 'info', code: 'x', message: 'X.', pointer: '/cards/0' }]);
  assert.equal([placed?.file, placed?.line], ['a.flow.json', 1]);
});

test('a message does not show values of bindings', () => {
  const secret = parseDocument(card({ in: { password: ['hunter2'] } })).diagnostics;
  assert.not.match(JSON.stringify(secret), 'hunter2');
});

test('a byte order mark is accepted', () => {
  assert.equal(parseDocument(`\uFEFF${JSON.stringify(flow)}`).document, flow);
});

test('a property that is undefined counts as absent', () => {
  assert.equal(parseDocument({ ...flow, name: undefined }).diagnostics, []);
});

test('sizes are measured in bytes of UTF-8', () => {
  const text = JSON.stringify({ ...flow, name: '€é😀' });
  const bytes = new TextEncoder().encode(text).length;
  assert.is.not(parseDocument(text, { maxBytes: bytes }).document, null);
  assert.is(parseDocument(text, { maxBytes: bytes - 1 }).diagnostics[0]?.code, 'document-too-large');
});

test('cyclic values, shared values without end, getters and proxies are reported, not followed', () => {
  const cyclic: Record<string, unknown> = { ...flow };
  cyclic['meta'] = { cyclic };
  assert.is(parseDocument(cyclic).diagnostics[0]?.code, 'document-too-deep');

  let shared: unknown = [];
  for (let i = 0; i < 60; i++) shared = [shared, shared];
  assert.is(parseDocument({ ...flow, meta: { shared } }, { maxBytes: 1e5 }).diagnostics[0]?.code, 'document-too-large');

  const throwing = new Proxy(
    {},
    {
      ownKeys() {
        throw new TypeError('no');
      },
    },
  );
  assert.is(parseDocument({ ...flow, meta: throwing }).diagnostics[0]?.code, 'not-json');
});

test('a thousand diagnostics are enough', () => {
  const faulty = { ...flow, cards: Array.from({ length: 20_000 }, () => 1) };
  const { diagnostics } = parseDocument(faulty);
  assert.is(diagnostics.length, 1001);
  assert.is(diagnostics.at(-1)?.code, 'too-many-diagnostics');
  assert.is(diagnostics.at(-1)?.severity, 'info');

  const twins = { flowdeck: 1, flows: Array.from({ length: 5000 }, () => deck.flows[1]) };
  assert.is(parseDocument(twins).diagnostics.length, 1001);
});

test('no value makes it throw, and a document comes without errors or not at all', () => {
  const anything = fc.oneof(
    fc.anything({ withDate: true, withMap: true, withBigInt: true, withNullPrototype: true }),
    fc.string(),
  );
  fc.assert(
    fc.property(anything, (source) => {
      const { document, diagnostics } = parseDocument(source);
      assert.is(
        document === null,
        diagnostics.some(({ severity }) => severity === 'error'),
      );
    }),
  );
});

test('one damaged place in a sound document never makes it throw', () => {
  const damage = fc.tuple(anyDocument, fc.nat(), fc.jsonValue());
  fc.assert(
    fc.property(damage, ([document, at, value]) => {
      const text = printDocument(document);
      const tokens = [...text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.e+-]*|true|false|null/g)];
      const token = tokens[at % tokens.length]!;
      const damaged = text.slice(0, token.index) + JSON.stringify(value) + text.slice(token.index + token[0].length);
      const result = parseDocument(damaged);
      assert.is(
        result.document === null,
        result.diagnostics.some(({ severity }) => severity === 'error'),
      );
    }),
  );
});

test('flowsOf treats a flow and a deck alike', () => {
  assert.equal(
    flowsOf(flow).map(({ id }) => id),
    ['notify'],
  );
  assert.equal(
    flowsOf(deck).map(({ id }) => id),
    ['main', 'ping'],
  );
});

test('a whole number beyond 2^53 is a warning, and the document can be used', () => {
  const text = `{ "flowdeck": 1, "id": "f", "type": "helper", "cards": [
    { "card": "flow.return", "in": { "id": 7615917337495251231, "fine": 9007199254740991, "big": 1e21 } } ] }`;
  const { document, diagnostics } = parseDocument(text);
  assert.is.not(document, null);
  assert.equal(
    diagnostics.map(({ severity, code, pointer, line, column }) => [severity, code, pointer, line, column]),
    [['warning', 'inexact-number', '/cards/0/in/id', 2, 38]],
  );
});

test('a number beyond 2^53 that stands in the text as it is kept is no warning', () => {
  const warned = (numbers: string): readonly string[] =>
    parseDocument(
      `{"flowdeck": 1, "id": "f", "type": "helper", "cards": [], "meta": {"n": [${numbers}]}}`,
    ).diagnostics.map(({ code, pointer }) => `${code} ${pointer}`);
  assert.equal(warned('1e20, 1E+20, 100000000000000000000, 9007199254740992, 1152921504606847000, -1e18, 1.5e300'), []);
  assert.equal(
    warned('9007199254740993, 1e20, -9007199254740993.0, 1152921504606846976, 1234567890123456789012'),
    [0, 2, 3, 4].map((at) => `inexact-number /meta/n/${at}`),
  );
});

test('a value without its text is warned of wherever digits may have been lost', () => {
  const { diagnostics } = parseDocument({ ...flow, meta: { n: [1e20, 2 ** 53 - 1, 1e21] } });
  assert.equal(
    diagnostics.map(({ code, pointer }) => `${code} ${pointer}`),
    ['inexact-number /meta/n/0'],
  );
});

test('warnings never push the errors of a document out of sight', () => {
  const many = Array.from({ length: 1001 }, () => 2 ** 60);
  const { document, diagnostics } = parseDocument({ ...flow, meta: { many }, id: 'not an id' });
  assert.is(document, null);
  assert.equal(
    diagnostics.slice(-2).map(({ code }) => code),
    ['schema-id', 'too-many-diagnostics'],
  );
});

test.run();
