/** What `lint` promises whatever the rule: clean flows stay clean, switches, severities, order, and no throwing. */
import { readdirSync, readFileSync } from 'node:fs';
import { twilio } from '@flowdeck/connector-twilio';
import type { FlowDocument, FlowFile, Value } from '@flowdeck/engine';
import { type CardNode, parseDocument, parsePointer } from '@flowdeck/engine/kit';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lint, RULE_IDS, RULES, type RuleId } from './index.js';
import { findCard } from './testing/cards.js';

const card = findCard();
const ROOT = new URL('../../../', import.meta.url);

function flow(cards: readonly CardNode[], more: Partial<FlowDocument> = {}): FlowDocument {
  return { flowdeck: 1, id: 'f', type: 'helper', cards, ...more };
}

function codes(document: FlowFile): string[] {
  return lint(document, { card }).map(({ code }) => code);
}

/** A card with a diagnostic that a switch can turn off. */
const unread: CardNode = { id: 'left', card: 'control.assign', in: { a: 1 } };
const end: CardNode = { card: 'flow.return', in: { ok: true } };
const off = (...rules: string[]) => ({ lint: { off: rules } });

for (const folder of ['examples/', 'packages/connector-twilio/flows/']) {
  const names = readdirSync(new URL(folder, ROOT)).filter((name) => name.endsWith('.flow.json'));
  test(`there are flows in ${folder}`, () => assert.ok(names.length > 0));
  for (const name of names) {
    test(`${folder}${name} is clean`, () => {
      const { document } = parseDocument(readFileSync(new URL(folder + name, ROOT), 'utf8'));
      // A flow of a connector calls flows of other files; then it is read as it stands.
      const source = document ?? JSON.parse(readFileSync(new URL(folder + name, ROOT), 'utf8'));
      assert.equal(lint(source, { card }), []);
    });
  }
}

test('the Twilio connector as a whole is clean', () => {
  const { document } = parseDocument(twilio.connectors?.[0]);
  assert.ok(document);
  assert.equal(lint(document, { card }), []);
});

test('a diagnostic has a severity, a code, a place, a flow and a card', () => {
  assert.equal(lint(flow([unread, end]), { card }), [
    {
      severity: 'info',
      code: 'lint-unused-assign',
      message: 'Nothing reads what this card assigns.',
      pointer: '/cards/0',
      hint: 'Remove the card.',
      flow: 'f',
      card: 'left',
    },
  ]);
});

test('a rule can be switched off on a card, a card around it, a flow and a deck', () => {
  assert.equal(codes(flow([{ ...unread, meta: off('lint-unused-assign') }, end])), []);
  assert.equal(codes(flow([unread, end], { meta: off('lint-unused-assign') })), []);
  const inside: CardNode = {
    card: 'control.ifElse',
    in: { left: 1, operator: '==', right: 1 },
    blocks: { then: { cards: [unread] } },
  };
  assert.equal(codes(flow([inside, end])), ['lint-unused-assign']);
  assert.equal(codes(flow([{ ...inside, meta: off('lint-unused-assign') }, end])), []);
  const { flowdeck: _, ...member } = flow([unread, end]);
  assert.equal(codes({ flowdeck: 1, flows: [member] }), ['lint-unused-assign']);
  assert.equal(codes({ flowdeck: 1, flows: [member], meta: off('lint-unused-assign') }), []);
});

test('a switch is for the rules that it names, and for its place only', () => {
  assert.equal(codes(flow([{ ...unread, meta: off('lint-unreachable-card') }, end])), ['lint-unused-assign']);
  assert.equal(codes(flow([{ ...unread, meta: off('lint-unused-assign') }, { ...unread, id: 'other' }, end])), [
    'lint-unused-assign',
  ]);
});

test('a switch that is no list of rules is a diagnostic, at its place', () => {
  const found = (lintMeta: unknown) =>
    lint(flow([{ ...end, meta: { lint: lintMeta } }]), { card }).map(({ code, pointer }) => [code, pointer]);
  assert.equal(found({ off: ['lint-unused-assign', 'no'] }), [['lint-unknown-rule', '/cards/0/meta/lint/off/1']]);
  assert.equal(found({ off: [7] }), [['lint-unknown-rule', '/cards/0/meta/lint/off/0']]);
  for (const odd of [{ off: 'lint-unused-assign' }, {}, true, null, []])
    assert.equal(found(odd), [['lint-unknown-rule', '/cards/0/meta/lint']], JSON.stringify(odd));
});

test('the options give a rule another severity, or turn it off', () => {
  const document = flow([unread, end]);
  assert.is(lint(document, { card, rules: { 'lint-unused-assign': 'error' } })[0]?.severity, 'error');
  assert.equal(lint(document, { card, rules: { 'lint-unused-assign': 'off' } }), []);
});

test('a name in the options that is no rule is a diagnostic', () => {
  const rules = JSON.parse('{"lint-unused": "off", "__proto__": "off"}');
  assert.equal(
    lint(flow([end]), { card, rules }).map(({ code, pointer }) => [code, pointer]),
    [
      ['lint-unknown-rule', ''],
      ['lint-unknown-rule', ''],
    ],
  );
});

test('diagnostics stand in the order of the document', () => {
  const pointers = lint(flow([unread, { ...unread, id: 'b', card: 'no.card' }, { ...unread, id: 'c' }, end, end]), {
    card,
  }).map(({ pointer }) => pointer);
  assert.equal(pointers, ['/cards/0', '/cards/1/card', '/cards/2', '/cards/4']);
});

test('20,000 blocks inside each other are read', () => {
  let cards: CardNode[] = [{ card: 'no.card' }];
  for (let depth = 0; depth < 20_000; depth++) cards = [{ card: 'control.ifElse', blocks: { then: { cards } } }];
  assert.equal(codes(flow(cards)), ['lint-unknown-card']);
});

test('without any rule there is no diagnostic', () => {
  const none = Object.fromEntries(RULE_IDS.map((id) => [id, 'off'])) as Record<RuleId, 'off'>;
  for (const { bad } of RULES) assert.equal(lint(bad.document, { card, rules: none }), []);
});

/** Cards of every kind that a rule looks at, wired at random, wrongly too. */
const name = fc.constantFrom(
  'a',
  'b',
  'c',
  'output',
  'template',
  'url',
  'flow',
  'body',
  'text 1',
  'password',
  '__proto__x',
);
const text = fc.constantFrom(
  '',
  'x=',
  '&y=',
  'https://api.example.com',
  'Bearer 7Qm2vX9dLr4TzK8wYb3N',
  '{{a}}&b={{b}}',
);
const binding = fc.oneof(
  text,
  fc.constant(null),
  fc.jsonValue({ maxDepth: 2 }).map((value) => ({ value: value as Value })),
  fc
    .tuple(fc.constantFrom('a', 'b', 'inputs', 'connection', 'error', 'item'), name)
    .map(([root, key]) => ({ from: `/${root}/${key}` })),
  fc.constantFrom('a.output', '(', '$', 'b & "x="', '"&x=" & a.b').map((expr) => ({ expr })),
  fc.constantFrom('f', 'g', 'none').map((id) => ({ flow: id })),
  fc.constant({ item: '' }),
);
const bindings = fc.dictionary(name, binding, { maxKeys: 3 });
const fields = fc.array(
  name.map((key) => ({ key, type: 'text' as const })),
  { maxLength: 2 },
);
const kinds = [
  'flow.return',
  'flow.returnError',
  'flow.call',
  'flow.callAsync',
  'control.ifElse',
  'error.ifError',
  'http.get',
];
const { cards: cardsOf } = fc.letrec<{ cards: CardNode[] }>((tie) => ({
  cards: fc.array(
    fc.record(
      {
        id: fc.constantFrom('a', 'b', 'c'),
        card: fc.constantFrom(
          ...kinds,
          'control.assign',
          'text.compose',
          'text.concatenate',
          'control.ifElseIf',
          'no.card',
        ),
        in: bindings,
        outputs: fields,
        blocks: fc.dictionary(
          fc.constantFrom('then', 'else', 'try', 'catch'),
          fc.record({ cards: tie('cards'), out: bindings, in: bindings }, { requiredKeys: ['cards'] }),
          { maxKeys: 2 },
        ),
      },
      { requiredKeys: ['card'] },
    ),
    { maxLength: 3, depthIdentifier: 'cards' },
  ) as fc.Arbitrary<CardNode[]>,
}));
const decks = fc.tuple(cardsOf, cardsOf, fields, fc.constantFrom('helper', 'api', 'action')).map(
  ([first, second, outputs, type]): FlowFile => ({
    flowdeck: 1,
    flows: [
      { id: 'f', type: type as 'api', outputs, cards: first },
      { id: 'g', type: 'helper', inputs: outputs, cards: second },
    ],
  }),
);

function resolves(document: unknown, pointer: string): boolean {
  let at = document;
  for (const key of parsePointer(pointer)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
    at = (at as Record<string, unknown>)[key];
  }
  return true;
}

test('whatever the document: it does not throw, every diagnostic leads somewhere, and the document is left alone', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(decks, (document) => {
      const before = JSON.stringify(document);
      for (const { code, pointer } of lint(document, { card })) {
        seen.add(code);
        assert.ok(resolves(document, pointer), `${code} ${pointer}`);
      }
      assert.is(JSON.stringify(document), before);
    }),
    { numRuns: 300 },
  );
  // The property would be empty if the documents had nothing to find.
  assert.ok(seen.size >= 6, [...seen].join(', '));
});

test.run();
