/** What one card of a service gives does not depend on the other cards of the file. */
import { standard } from '@flowdeck/cards';
import { isDeck } from '@flowdeck/engine/kit';
import { simulate } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { importFlopack } from '../index.js';
import { card, end, flow, graph, pack, start } from '../testing/pack.js';

type Json = Record<string, unknown>;
const { cards = [] } = standard;

const struct = (name: string) => ({ [name]: { type: 'string', collection: false } });

/** A flow with one card of a service, of which the output is declared, and returned. */
function flowWith(id: string, type: unknown, list: boolean): [string, Json] {
  const output = { key: 'Body', type, list };
  const nodes = [
    start(`S${id}`),
    card(`C${id}`, 'crm@1.0.0:call', { title: 'Call', in: [{ key: 'Path' }], out: [output] }),
    end(`R${id}`, [{ key: 'Body', type: 'object', list: true }]),
  ];
  return flow(id, id, graph(id, nodes, [`S${id} C${id} R${id}`], [`C${id}.Body > R${id}.Body`]));
}

const LIST = [{ name: 'Ada' }, { name: 'Bob' }];
const mocks = [{ card: 'crm.call', answer: { outputs: { Body: LIST } } }];

async function bodyOf(flows: readonly (readonly [string, Json])[]) {
  const { document } = importFlopack(pack(flows), { cards });
  assert.ok(document && isDeck(document));
  const { status, outputs } = await simulate(document, { packs: [standard], mocks }).run({ flow: 'one' });
  return { status, body: outputs?.['Body'] };
}

test('a list arrives where an object was declared, whatever the neighbours declare', async () => {
  const one = () => flowWith('one', 'object', false);
  const expected = { status: 'success', body: LIST };
  assert.equal(await bodyOf([one()]), expected);
  assert.equal(await bodyOf([one(), flowWith('two', 'object', false)]), expected);
  assert.equal(await bodyOf([one(), flowWith('two', struct('mail'), true)]), expected);
});

test('the same for every declared type that is not what comes', async () => {
  for (const type of ['string', 'number', 'boolean', 'object', 'Date', struct('name')]) {
    const alone = await bodyOf([flowWith('one', type, false)]);
    const beside = await bodyOf([flowWith('one', type, false), flowWith('two', struct('mail'), true)]);
    assert.equal(beside, alone, JSON.stringify(type));
  }
});

test('a Return that declares an object gives the list that it got, to whoever calls too', async () => {
  const body = { key: 'Body', type: 'object' };
  const one = flow(
    'one',
    'one',
    graph(
      'one',
      [start('S'), card('C', 'crm@1.0.0:call', { title: 'Call', out: [body] }), end('R', [body])],
      ['S C R'],
      ['C.Body > R.Body'],
    ),
  );
  const caller = flow(
    'two',
    'two',
    graph(
      'two',
      [
        start('S'),
        card('F', 'control:spawn', { title: 'Call Flow', in: [{ key: 'flo', type: 'flo', data: 'one' }], out: [body] }),
        end('R', [body]),
      ],
      ['S F R'],
      ['F.Body > R.Body'],
    ),
  );
  const { document } = importFlopack(pack([one, caller]), { cards });
  assert.ok(document && isDeck(document));
  for (const Body of [LIST, LIST.slice(0, 1), []]) {
    const given = [{ card: 'crm.call', answer: { outputs: { Body } } }];
    const simulation = simulate(document, { packs: [standard], mocks: given });
    for (const id of ['one', 'two']) {
      const { status, outputs } = await simulation.run({ flow: id });
      assert.equal({ status, outputs }, { status: 'success', outputs: { Body } }, id);
    }
  }
});

test('what reads an output converts what came', async () => {
  const nodes = [
    start('S'),
    card('C', 'crm@1.0.0:call', { title: 'Call', out: [{ key: 'Count', type: 'number' }] }),
    card('A', 'math:add', {
      title: 'Add',
      in: [
        { key: 'a', type: 'number' },
        { key: 'b', type: 'number', data: 1 },
      ],
      out: [{ key: 'output', type: 'number' }],
    }),
    end('R', [{ key: 'sum', type: 'number' }]),
  ];
  const file = pack([flow('one', 'one', graph('one', nodes, ['S C A R'], ['C.Count > A.a', 'A.output > R.sum']))]);
  const { document } = importFlopack(file, { cards });
  assert.ok(document && isDeck(document));
  const mocks = [{ card: 'crm.call', answer: { outputs: { Count: '41' } } }];
  const { outputs } = await simulate(document, { packs: [standard], mocks }).run({ flow: 'one' });
  assert.equal(outputs, { sum: 42 });
});

test.run();
