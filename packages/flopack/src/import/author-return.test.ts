/** A Return that an author puts into a block of an If/ElseIf: it ends the block, and is at most a warning. */
import { standard } from '@flowdeck/cards';
import { createEngine } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkFlopack, exportFlopack, importFlopack } from '../index.js';
import { block, card, end, flow, graph, pack, start } from '../testing/pack.js';

const { cards = [] } = standard;

/** @param order Of the first block: AR is the author's Return, BR that of the format. */
function returning(order: string) {
  const text = card('P', 'string:compose', {
    title: 'Compose',
    in: [{ key: '_text_', data: 'x' }],
    out: [{ key: 'output' }],
  });
  const first = block(
    'b1',
    [start('BS'), end('AR', [{ key: 'out', data: 'author' }]), text, end('BR', [{ key: 'out', data: 'format' }])],
    [order],
  );
  const other = block('b2', [start('ES'), end('ER', [{ key: 'out', data: 'none' }])], ['ES ER']);
  const branch = card('B', 'control:branch', {
    title: 'If/ElseIf',
    in: [
      { group: 'if', key: 'left-operand', data: 'a', metadata: { index: 0 } },
      { group: 'if', key: 'operator', data: '==', metadata: { index: 1 } },
      { group: 'if', key: 'right-operand', data: 'a', metadata: { index: 2 } },
      { group: 'if', key: 'flo', type: 'flo', data: first, metadata: { index: 3 } },
      { group: 'else', key: 'flo', type: 'flo', data: other, metadata: { index: 9 } },
    ],
    out: [{ key: 'out', metadata: { custom: true } }],
    model: { async: true },
  });
  const body = graph('f1', [start('S'), branch, end('R', [{ key: 'out' }])], ['S B R'], ['B.out > R.out']);
  return pack([flow('f1', 'F', body)]);
}

for (const order of ['BS AR P BR', 'BS P AR BR']) {
  test(`${order}: read, run and written as it was`, async () => {
    const source = returning(order);
    const { document, diagnostics } = importFlopack(source, { cards });
    assert.equal(diagnostics, []);
    assert.ok(document);
    const engine = createEngine({ packs: [standard] });
    const found = [...checkFlopack(source), ...engine.check(document).diagnostics];
    assert.equal(
      found.filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.is(found.filter(({ code }) => code === 'unreachable-card').length, 1, 'what stands behind it never runs');
    const { status, outputs } = await engine.run(engine.load(document));
    assert.equal([status, outputs], ['success', { out: 'author' }]);
    assert.equal(exportFlopack(document, { cards }).flopack, source);
  });
}

test.run();
