/** What an author gave is what the imported card gets: no less, and nothing besides. */
import { standard } from '@flowdeck/cards';
import { createEngine, type DeckDocument, type ValueObject } from '@flowdeck/engine';
import { type CardNode, isDeck } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { importFlopack } from '../index.js';
import { card, end, flow, graph, pack, start } from '../testing/pack.js';

const { cards = [] } = standard;

type FieldDraft = NonNullable<Parameters<typeof end>[1]>[number];

/** A helper whose inputs are led into one card, and whose first output is returned. */
function around(kind: string, fields: readonly FieldDraft[], output: FieldDraft, wired: readonly FieldDraft[]) {
  const nodes = [
    start('S', wired),
    card('C', kind, { title: 'Card', in: fields, out: [output] }),
    end('R', [{ ...output, key: 'result' }]),
  ];
  const wires = [...wired.map(({ key }) => `S.${key} > C.${key}`), `C.${output.key} > R.result`];
  return pack([flow('f1', 'Flow', graph('f1', nodes, ['S C R'], wires))]);
}

function imported(source: unknown): DeckDocument {
  const { document, diagnostics } = importFlopack(source, { cards });
  assert.ok(document && isDeck(document), JSON.stringify(diagnostics));
  return document;
}

async function resultOf(document: DeckDocument, inputs: ValueObject) {
  const engine = createEngine({ packs: [standard] });
  const { outputs, error } = await engine.run(engine.load(document), { inputs });
  assert.is(error, null);
  return outputs?.['result'];
}

const cardIn = (document: DeckDocument): CardNode | undefined => document.flows[0]?.cards[0];

const BOOLEAN = { key: 'output', type: 'boolean' };
const x = { key: 'x', type: 'boolean', metadata: { custom: true } };
const y = { key: 'y', type: 'boolean', metadata: { custom: true } };

test('a card of any number of inputs has those of its author, and no others', async () => {
  const document = imported(around('boolean:and', [x, y], BOOLEAN, [x, y]));
  assert.equal(Object.keys(cardIn(document)?.in ?? {}), ['x', 'y']);
  assert.is(await resultOf(document, { x: true, y: true }), true);
  assert.is(await resultOf(document, { x: true, y: false }), false);
});

/** Kind, type of the inputs, whether they are lists, values, result: of inputs that all have names of the author's. */
const OWN_NAMES: readonly (readonly [string, string, boolean, readonly ValueObject[string][], ValueObject[string]])[] =
  [
    ['boolean:and', 'boolean', false, [true, true], true],
    ['boolean:or', 'boolean', false, [false, false], false],
    ['boolean:nand', 'boolean', false, [true, true], false],
    ['boolean:nor', 'boolean', false, [false, false], true],
    ['math:add', 'number', false, [2, 3], 5],
    ['math:multiply', 'number', false, [2, 3], 6],
    ['string:concat', 'string', false, ['a', 'b'], 'ab'],
    ['object:merge', 'object', false, [{ a: 1 }, { b: 2 }], { a: 1, b: 2 }],
    ['list:union', 'object', true, [['a'], ['a', 'b']], ['a', 'b']],
    ['list:concat', 'object', true, [['a'], ['b']], ['a', 'b']],
    ['list:intersection', 'object', true, [['a', 'b'], ['b']], ['b']],
    ['list:difference', 'object', true, [['a', 'b'], ['b']], ['a']],
  ];

const OUTPUTS: Readonly<Record<string, string>> = { 'list:union': 'union', 'list:concat': 'output' };

test('each of them gives what its inputs make, whatever they are called', async () => {
  for (const [kind, type, list, values, expected] of OWN_NAMES) {
    const fields = ['x', 'y'].map((key) => ({ key, type, list, metadata: { custom: true } }));
    const key = OUTPUTS[kind] ?? (list ? 'list' : 'output');
    const document = imported(around(kind, fields, { key, type, list }, fields));
    const [first = null, second = null] = values;
    assert.equal(await resultOf(document, { x: first, y: second }), expected, kind);
  }
});

test('of a row, the first that is left takes the first place', async () => {
  const fields = ['list2', 'x'].map((key) => ({ key, type: 'object', list: true }));
  const document = imported(around('list:difference', fields, { key: 'list', type: 'object', list: true }, fields));
  assert.equal(await resultOf(document, { list2: ['a', 'b'], x: ['a'] }), ['b']);
});

test('an empty value that stands on one of many says what it says', async () => {
  const a = { key: 'a', type: 'boolean', data: null };
  const document = imported(around('boolean:and', [a, x], BOOLEAN, [x]));
  assert.equal(cardIn(document)?.in?.['a'], null);
  assert.is(await resultOf(document, { x: true }), false);
});

test('what a card of fixed inputs requires is still added', () => {
  const document = imported(around('string:toUpperCase', [], { key: 'output' }, []));
  assert.equal(cardIn(document)?.in, { text: '' });
});

/** Kind, inputs by names that we guessed otherwise, output, values, result. */
const GUESSED: readonly (readonly [string, readonly FieldDraft[], FieldDraft, ValueObject, ValueObject[string]])[] = [
  [
    'list:sum',
    [{ key: 'numbers', type: 'number', list: true }],
    { key: 'output', type: 'number' },
    { numbers: [1, 2] },
    3,
  ],
  [
    'list:reverse',
    [{ key: 'items', type: 'number', list: true }],
    { key: 'x', type: 'number', list: true },
    { items: [1, 2] },
    [2, 1],
  ],
  ['crypto:sha1', [{ key: 'text' }], { key: 'hash' }, { text: 'abc' }, 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['boolean:xor', [x, y], { key: 'one', type: 'boolean' }, { x: true, y: false }, true],
];

test('of a card whose names are guessed, values and results find their places by what they are', async () => {
  for (const [kind, fields, output, values, result] of GUESSED) {
    const file = around(kind, fields, output, fields);
    const { pins, diagnostics } = importFlopack(file, { cards });
    assert.equal(diagnostics, [], kind);
    assert.is(pins.arrived, pins.total, kind);
    assert.equal(await resultOf(imported(file), values), result, kind);
  }
});

test('what does not fit by its type is told, not guessed', () => {
  const text = { key: 'numbers', type: 'string' };
  const { diagnostics } = importFlopack(around('list:sum', [text], { key: 'output' }, [text]), { cards });
  assert.equal(
    diagnostics.map(({ code }) => code),
    ['unmapped-input'],
  );
});

test('an output that our card does not have is told, and the rest of the file runs', async () => {
  const file = around('date:now', [], { key: 'weekday' }, []);
  const { pins, diagnostics } = importFlopack(file, { cards });
  assert.equal(
    diagnostics.map(({ code, severity, pointer }) => [code, severity, pointer]),
    [['unmapped-output', 'warning', '/data/flos/f1/data/methods/1/pins/o_C_weekday/R/0']],
  );
  assert.equal([pins.total, pins.arrived], [1, 0]);
  assert.is(await resultOf(imported(file), {}), '');
});

test.run();
