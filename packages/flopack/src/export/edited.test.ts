/** What an edit of a card asks of the rest of its flow: types that follow what is given, keys that stay. */
import { standard } from '@flowdeck/cards';
import type { DeckDocument } from '@flowdeck/engine';
import { type Binding, type CardNode, isDeck } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkFlopack, exportFlopack, importFlopack } from '../index.js';
import { member, sameJson } from '../json.js';
import { dataOf, held } from '../testing/held.js';
import { block, card, end, flow, graph, pack, start } from '../testing/pack.js';
import { edited } from '../testing/untouched.js';

type Json = Record<string, unknown>;
const { cards = [] } = standard;

function imported(file: Json): DeckDocument {
  const { document, diagnostics } = importFlopack(file, { cards });
  assert.ok(document && isDeck(document), JSON.stringify(diagnostics));
  return document;
}

/** The export after an edit of the cards of its first flow. */
function exported(file: Json, edit: (cards: readonly CardNode[]) => readonly CardNode[]) {
  const document = imported(file);
  const [first] = document.flows;
  assert.ok(first);
  return exportFlopack(edited(document, 0, { ...first, cards: [...edit(first.cards)] }), { cards });
}

const given = (name: string, binding: Binding) => (nodes: readonly CardNode[]) =>
  nodes.map((node, index) => (index === 0 ? { ...node, in: { ...node.in, [name]: binding } } : node));

const SOURCES = [
  { key: 'word', type: 'string' },
  { key: 'count', type: 'number' },
  { key: 'user', type: 'object' },
  { key: 'isNew', type: 'boolean' },
  { key: 'since', type: 'Date' },
  { key: 'names', type: 'string', list: true },
  { key: 'all', type: 'object', list: true },
];

/** Cards with an input that takes anything: what it is called in the file, and here. */
const OPEN = [
  ['object:construct', 'value', 'value'],
  ['control:let', 'value', 'value'],
  ['control:return', 'value', 'value'],
  ['list:construct', 'value', 'item 1'],
  ['list:push', 'item', 'item'],
  ['object:set', 'value', 'value'],
  ['boolean:compare', 'left-operand', 'left'],
] as const;

test('an input that takes anything takes what it is given after an edit as it comes', () => {
  for (const [kind, key, name] of OPEN) {
    for (const [index, before] of SOURCES.entries()) {
      for (const source of [1, 3, 5].map((step) => SOURCES[(index + step) % SOURCES.length]?.key)) {
        const type = { type: before.type, list: before.list === true };
        const field = { key, ...type, metadata: { custom: true } };
        const nodes = [start('S', SOURCES), card('C', kind, { title: 'C', in: [field] })];
        const file = pack([flow('f1', 'Flow', graph('f1', nodes, ['S C']))]);
        const { flopack, diagnostics } = exported(file, given(name, { from: `/inputs/${source}` }));
        const what = `${kind}, ${JSON.stringify(type)}, ${source}: `;
        assert.ok(flopack, what + JSON.stringify(diagnostics));
        const node = imported(flopack as Json).flows[0]?.cards[0];
        assert.equal(node?.in?.[name], { from: `/inputs/${source}` }, what);
        assert.is(node?.inputs, undefined, what);
      }
    }
  }
});

test('a literal of another type gives an input that takes anything another type', () => {
  for (const value of ['word', 7, true, { a: 1 }, ['a', 'b'], [{ a: 1 }]]) {
    for (const { type, list = false } of SOURCES) {
      const nodes = [start('S'), card('C', 'object:construct', { title: 'C', in: [{ key: 'value', type, list }] })];
      const file = pack([flow('f1', 'Flow', graph('f1', nodes, ['S C']))]);
      const binding = typeof value === 'object' ? { value } : value;
      const { flopack } = exported(file, given('value', binding));
      assert.ok(flopack);
      assert.equal(
        checkFlopack(flopack).filter(({ code }) => code === 'rule-literal'),
        [],
      );
      assert.equal(imported(flopack as Json).flows[0]?.cards[0]?.in?.['value'], binding);
    }
  }
});

test('text where an object is asked for is the object that it holds, or is refused', () => {
  const nodes = () => [start('S'), card('C', 'object:keys', { title: 'C', in: [{ key: 'object', type: 'object' }] })];
  const file = () => pack([flow('f1', 'Flow', graph('f1', nodes(), ['S C']))]);
  const { flopack } = exported(file(), given('object', '{"a": 1}'));
  assert.equal(imported(flopack as Json).flows[0]?.cards[0]?.in?.['object'], { value: { a: 1 } });
  const { flopack: none, diagnostics } = exported(file(), given('object', 'word'));
  assert.is(none, null);
  assert.equal(
    diagnostics.map(({ code, pointer }) => [code, pointer]),
    [['not-exportable', '/flows/0/cards/0/in/object']],
  );
});

test('a flow that is written anew has the keys that it had, in their order', () => {
  const cron = { seconds: '15', minutes: '5', hours: '1', dayOfTheMonth: '*', month: '*', dayOfTheWeek: '*' };
  const settings = {
    cron: { recurrence: 2, startDate: '2026-01-01', ...cron, timeZone: 'Europe/Paris' },
    scheduled: true,
    security_level: 'peculiar',
    tree: { id: 3, name: 'empty' },
    unheard: 'of',
  };
  const file = () => {
    const nodes = [start('S', [], 'control:callable', 'Scheduled Flow'), card('C', 'date:now', { title: 'C' })];
    return pack([flow('f1', 'Flow', graph('f1', nodes, ['S C']), settings)]);
  };
  const note: CardNode = { id: 'note', card: 'control.comment', in: { text: 'new' } };
  const { flopack } = exported(file(), (nodes) => [...nodes, note]);
  const body = (from: unknown) => dataOf(member(member(member(from, 'data'), 'flos'), 'f1'));
  const rest = ({ methods: _, orderings: __, ...others }: ReturnType<typeof body>) => JSON.stringify(others);
  assert.is(rest(body(flopack)), rest(body(file())));
  assert.equal(Object.keys(body(flopack)), Object.keys(body(file())));
  // Another time changes the time, and no more.
  const document = imported(file());
  const [first] = document.flows;
  assert.ok(first);
  const later = edited(document, 0, { ...first, schedule: { cron: '5 2 * * *', timeZone: 'Europe/Paris' } });
  const changed = body(exportFlopack(later, { cards }).flopack)['cron'];
  assert.is(JSON.stringify(changed), JSON.stringify({ ...settings.cron, hours: '2' }));
});

test('a value that no card of a block reads any more does not enter it', () => {
  const wormhole = (owner: string) => ({ group: 'context', key: 'K', metadata: { wormholeMethodId: owner } });
  const made = () => {
    const tried = block(
      'b1',
      [start('S2', [wormhole('T')]), card('A', 'string:trim', { title: 'A', in: [{ key: 'string' }] }), end('R2')],
      ['S2 A R2'],
      ['S2.context/K > A.string'],
    );
    const handler = block('b2', [start('S3'), end('R3')], ['S3 R3']);
    const owner = card('T', 'control:tryCatch', {
      title: 'T',
      in: [{ key: 'flo', type: 'flo', data: tried }, wormhole('S2')],
      model: { policy: { error: { type: 'handler', merge: 'join', flo: handler } } },
    });
    const nodes = [start('S', [{ key: 'word' }]), owner];
    return pack([flow('f1', 'Flow', graph('f1', nodes, ['S T'], ['S.word > T.context/K']))]);
  };
  assert.equal(
    checkFlopack(made()).filter(({ severity }) => severity === 'error'),
    [],
  );
  const unread = (nodes: readonly CardNode[]) =>
    nodes.map((node) => {
      const [trim, ...others] = node.blocks?.['try']?.cards ?? [];
      assert.ok(trim && sameJson(trim.in, { text: { from: '/inputs/word' } }));
      return { ...node, blocks: { ...node.blocks, try: { cards: [{ ...trim, in: { text: 'x' } }, ...others] } } };
    });
  const { flopack } = exported(made(), unread);
  assert.equal(
    checkFlopack(flopack).filter(({ severity }) => severity === 'error'),
    [],
  );
  assert.not.ok(JSON.stringify(flopack).includes('"K"'));
});

test('flows of a connector keep their start card, and the wires that the document does not mention', () => {
  const auth = { group: 'auth', key: 'blob', type: 'object', metadata: { displayname: 'Connection' } };
  const path = { group: 'g7', key: 'p7', metadata: { displayname: 'Path', groupKey: 'Inputs' } };
  const meta = (address: string) => ({ mirrored: true, meta: { type: { id: 'x', address } } });
  const entry = (uuid: string, address: string) =>
    card(uuid, 'control:callable', { title: 'Start', in: [auth, path], out: [auth, path], model: meta(address) });
  const trim = card('T', 'string:trim', {
    title: 'Trim',
    in: [{ key: 'string' }, { key: 'strength' }],
    out: [{ key: 'output' }],
  });
  const handed = { group: 'auth', key: 'blob', type: 'object', metadata: { custom: true } };
  const call = card('C', 'control:spawn', {
    title: 'Call',
    in: [{ key: 'flo', type: 'flo', data: 'h1' }, handed, { key: 'path', metadata: { custom: true } }],
  });
  const wires = ['S.g7/p7 > T.string', 'S.g7/p7 > T.strength', 'S.auth/blob > C.auth/blob', 'T.output > C.path'];
  const file = pack([
    flow('f1', 'Action', graph('f1', [entry('S', 'connector_action'), trim, call], ['S T C'], wires)),
    flow('h1', 'Helper', graph('h1', [entry('S', 'connector_child_flo')], [])),
  ]);
  assert.ok(held(file, 'connector') > 5);
});

test.run();
