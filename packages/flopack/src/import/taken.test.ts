/** An output that is declared an object takes what comes, as the original does. */
import { standard } from '@flowdeck/cards';
import { createEngine } from '@flowdeck/engine';
import { isDeck } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { importFlopack } from '../index.js';
import { card, end, flow, graph, pack, start } from '../testing/pack.js';

const { cards = [] } = standard;

test('a flow and a card that calls it give text on, although they declare an object', async () => {
  const list = { key: 'in', type: 'string', list: true };
  for (const type of ['object', { name: { type: 'string', collection: false } }]) {
    const at = card('A', 'list:at', {
      title: 'At',
      in: [
        { key: 'list', type: 'string', list: true },
        { key: 'index', type: 'number' },
      ],
      out: [{ key: 'item', type }],
    });
    const helper = graph(
      'h1',
      [start('S', [list]), at, end('R', [{ key: 'p', type }])],
      ['S A R'],
      ['S.in > A.list', 'A.item > R.p'],
    );
    const call = card('C', 'control:spawn', {
      title: 'Call',
      in: [
        { key: 'flo', type: 'flo', data: 'h1' },
        { ...list, metadata: { custom: true } },
      ],
      out: [{ key: 'p', type }],
    });
    const main = graph(
      'f1',
      [start('S', [list]), call, end('R', [{ key: 'p', type }])],
      ['S C R'],
      ['S.in > C.in', 'C.p > R.p'],
    );
    const { document } = importFlopack(pack([flow('f1', 'Main', main), flow('h1', 'Helper', helper)]), { cards });
    assert.ok(document && isDeck(document));
    const engine = createEngine({ packs: [standard] });
    const { outputs, error } = await engine.run(engine.load(document), { flow: 'main', inputs: { in: ['hello'] } });
    assert.is(error, null);
    assert.equal(outputs, { p: 'hello' });
  }
});

test.run();
