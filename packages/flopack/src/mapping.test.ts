/** Foreign cards that the standard library has: the vendor's own addresses are the ones that are written. */
import { standard } from '@flowdeck/cards';
import type { FlowDocument } from '@flowdeck/engine';
import { type CardNode, isDeck } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { exportFlopack, importFlopack } from './index.js';
import { card, end, flow, graph, pack, start } from './testing/pack.js';

const { cards = [] } = standard;

/** Foreign names that were guessed before the vendor's list was seen, and stay readable. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['math:pow', 'math:power'],
  ['math:roundTo', 'math:toFixed'],
  ['utility:exportFolder', 'utility:exportGroup'],
]);

/** One card of this kind in a flow of its own, imported. */
function imported(kind: string, fields: readonly { key: string; data?: unknown; type?: string }[] = []): CardNode {
  const body = graph('f1', [start('S', []), card('C', kind, { in: fields }), end('R', [])], ['S C R'], []);
  const { document } = importFlopack(pack([flow('f1', 'One card', body)]), { cards });
  if (document === null || !isDeck(document)) throw new Error(`${kind} was not imported.`);
  const found = document.flows[0]?.cards.find((node) => node.card !== 'flow.return');
  if (found === undefined) throw new Error(`${kind} became nothing.`);
  return found;
}

/** The foreign name of the first card of an exported flow. */
function written(node: CardNode): string | undefined {
  const main: FlowDocument = { flowdeck: 1, id: 'main', name: 'Main', type: 'helper', cards: [node] };
  const text = JSON.stringify(exportFlopack({ flowdeck: 1, flows: [main] }, { cards }).flopack);
  const [, module, key] =
    /root:kernel:(?!control:0\.0\.1:(?:callable|noop|return)\b)([a-z]+):0\.0\.1:([A-Za-z0-9]+)"/.exec(text) ?? [];
  return module === undefined ? undefined : `${module}:${key}`;
}

test('every card of the library says which foreign cards it is, but for the one that the format has not', () => {
  const without = cards.filter(({ addresses = [] }) => addresses.length === 0).map(({ id }) => id);
  assert.equal(without, ['expression.jsonata']);
});

test('a guessed name is read as the card that it meant, and written as the vendor writes it', () => {
  for (const [guess, name] of ALIASES) {
    assert.is(imported(guess).card, imported(name).card, guess);
    assert.is(written({ id: 'it', card: imported(guess).card, in: {} }), name, guess);
  }
});

test("the vendor's quiet cards are read with their values, and written back", () => {
  const fields = [
    ['list:slice', 'list.slice', { start: 1, end: 3 }],
    ['list:swap', 'list.swap', { index1: 1, index2: 2 }, { 'index 1': 1, 'index 2': 2 }],
    ['list:truncate', 'list.truncate', { length: 5 }],
    ['crypto:sign', 'encryption.sign', { algorithm: 'RSA-SHA256', data: 'text' }],
    ['control:pauseRaw', 'control.pauseRaw', { statusCode: 503, body: '<wait/>' }],
  ] as const;
  for (const [kind, id, given, expected] of fields) {
    const draft = Object.entries(given).map(([key, data]) => ({
      key,
      data,
      type: typeof data === 'number' ? 'number' : 'string',
    }));
    const node = imported(kind, draft);
    assert.is(node.card, id);
    for (const [key, value] of Object.entries(expected ?? given)) assert.is(node.in?.[key], value, `${kind}: ${key}`);
    assert.is(written({ ...node, id: 'it' }), kind);
  }
});

test('a true/false expression is a template whose names are its inputs', () => {
  const node = imported('boolean:expression', [
    { key: '_text_', data: '{{{k1}}} > 100' },
    { key: 'k1', type: 'number', data: 120 },
  ]);
  assert.is(node.card, 'boolean.expression');
  const { expression, ...values } = { ...node.in };
  const [[name = '', value] = []] = Object.entries(values);
  assert.is(expression, `{{{${name}}}} > 100`);
  assert.is(value, 120);
});

test.run();
