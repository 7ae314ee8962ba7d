/** What of an item a called flow is given. */
import { standard } from '@flowdeck/cards';
import { createEngine, type Value } from '@flowdeck/engine';
import { isDeck } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { exportFlopack, importFlopack } from '../index.js';
import { card, end, flow, graph, pack, start } from '../testing/pack.js';

const { cards = [] } = standard;

/** A Map whose flow is given what stands at the path in each item; the list may say what its items are. */
function mapping(path: string, items: unknown = 'object') {
  const helper = graph('h1', [start('S', [{ key: 'x' }]), end('R', [{ key: 'o' }])], ['S R'], ['S.x > R.o']);
  const given = {
    key: 'x',
    metadata: { custom: true },
    proxy: { dynamic: true, path, dest: { key: 'x', group: null } },
  };
  const list = { key: 'list', type: 'object', list: true };
  const nodes = [
    start('S', [{ key: 'in', type: items, list: true }]),
    card('C', 'list:map', {
      title: 'Map',
      in: [list, { key: 'flo', type: 'flo', data: 'h1' }, given],
      out: [{ key: 'new list', type: 'string', list: true }],
    }),
    end('R', [{ key: 'r', type: 'string', list: true }]),
  ];
  const main = graph('f1', nodes, ['S C R'], ['S.in > C.list', 'C.new list > R.r']);
  return pack([flow('f1', 'Main', main), flow('h1', 'Helper', helper)]);
}

async function given(path: string, item: Value, items?: unknown): Promise<unknown> {
  const { document } = importFlopack(mapping(path, items), { cards });
  assert.ok(document && isDeck(document));
  const engine = createEngine({ packs: [standard] });
  const { outputs } = await engine.run(engine.load(document), { flow: 'main', inputs: { in: [item] } });
  return outputs?.['r'];
}

const MAIL = { 'Profile.Mail': { type: 'string', collection: false } };

test('a path into an item has dots between its steps', async () => {
  assert.equal(await given('Profile.Primary Email', { Profile: { 'Primary Email': 'a@b.c' } }), ['a@b.c']);
  assert.equal(await given('mails.0.value', { mails: [{ value: 'a@b.c' }] }), ['a@b.c']);
  assert.equal(await given('First Name', { 'First Name': 'Ada' }), ['Ada']);
  assert.equal(await given('', 'Ada'), ['Ada']);
});

test('a property that is called so as a whole is one, where the list says what its items have', async () => {
  assert.equal(await given('Profile.Mail', { 'Profile.Mail': 'a@b.c' }, MAIL), ['a@b.c']);
  assert.equal(await given('.', { '.': 'dot' }), ['dot']);
});

test('a path into an item is exported as it is imported', () => {
  const { document } = importFlopack(mapping('name'), { cards });
  assert.ok(document && isDeck(document));
  const { in: inputs = {}, ...node } = document.flows[0]?.cards[0] ?? { card: '' };
  const withPath = (item: string) => ({
    ...document,
    flows: document.flows.map((each, at) =>
      at === 0 ? { ...each, cards: [{ ...node, in: { ...inputs, x: { item } } }, ...each.cards.slice(1)] } : each,
    ),
  });
  const { flopack } = exportFlopack(withPath('/Profile/Primary Email'), { cards });
  assert.match(JSON.stringify(flopack), '"path":"Profile.Primary Email"');
  const again = importFlopack(flopack, { cards }).document;
  assert.ok(again && isDeck(again));
  assert.equal(again.flows[0]?.cards[0]?.in?.['x'], { item: '/Profile/Primary Email' });
  const { flopack: none, diagnostics } = exportFlopack(withPath('/Profile.Mail/value'), { cards });
  assert.is(none, null);
  assert.equal(
    diagnostics.map(({ code, pointer }) => [code, pointer]),
    [['not-exportable', '/flows/0/cards/0/in/x']],
  );
});

test.run();
