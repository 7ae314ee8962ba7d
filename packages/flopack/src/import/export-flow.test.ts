/** Export Flow gets its flow by text: by name, by the id that it has in the export, or the one in the document. */
import { standard } from '@flowdeck/cards';
import { createEngine } from '@flowdeck/engine';
import { isDeck } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkFlopack, exportFlopack, importFlopack } from '../index.js';
import { sameJson } from '../json.js';
import { card, end, flow, graph, pack, start } from '../testing/pack.js';

const { cards = [] } = standard;
const UUID = '11111111-2222-4333-8444-555555555555';
const FLO = { key: 'flo', type: 'flo' };
const FILE = { key: 'output', type: 'file' };

function exporting(wired: boolean, data: unknown = null) {
  const nodes = [
    start('S', wired ? [{ key: 'which' }] : []),
    card('E', 'utility:exportFlo', { title: 'Export Flow', in: [{ ...FLO, data }], out: [FILE] }),
    end('R', [{ key: 'file', type: 'file' }]),
  ];
  const wires = [...(wired ? ['S.which > E.flo'] : []), 'E.output > R.file'];
  return pack([
    flow('f1', 'Export one', graph('f1', nodes, ['S E R'], wires)),
    flow(UUID, 'Nightly check ', graph(UUID, [start('S')], [])),
  ]);
}

function imported(source: unknown) {
  const { document, diagnostics } = importFlopack(source, { cards });
  assert.ok(document && isDeck(document), JSON.stringify(diagnostics));
  assert.equal(diagnostics, []);
  return document;
}

async function writtenFor(which: string) {
  const engine = createEngine({ packs: [standard] });
  const deck = engine.load(imported(exporting(true)));
  return engine.run(deck, { flow: 'exportOne', inputs: { which } });
}

test('a wire brings text that names the flow', async () => {
  for (const text of ['nightlyCheck', 'Nightly check', 'Nightly check ', UUID]) {
    const { status, outputs } = await writtenFor(text);
    assert.is(status, 'success', text);
    assert.ok(outputs?.['file'], text);
  }
  const { error } = await writtenFor('Daily check');
  assert.is(error?.code, 'not-a-flow');
});

test('the id in the export is noted where text may name it, and nowhere else', () => {
  const ids = (source: unknown) => imported(source).flows.map(({ meta }) => meta?.['id'] ?? null);
  assert.equal(ids(exporting(true)), ['f1', UUID]);
  assert.equal(ids(exporting(false, UUID)), [null, null]);
});

test('a flow that was chosen in the editor stays that flow, there and back', () => {
  const source = exporting(false, UUID);
  const document = imported(source);
  assert.equal(document.flows[0]?.cards[0]?.in?.['flow'], { flow: 'nightlyCheck' });
  assert.ok(sameJson(exportFlopack(document, { cards }).flopack, source));
});

test("text in a document of one's own becomes the id in the export", () => {
  for (const flow of ['nightly', 'Nightly check', { flow: 'nightly' }]) {
    const main = { id: 'main', type: 'helper', cards: [{ id: 'e', card: 'flow.exportFlow', in: { flow } }] } as const;
    const nightly = { id: 'nightly', name: 'Nightly check', type: 'helper', cards: [] } as const;
    const { flopack } = exportFlopack({ flowdeck: 1, flows: [main, nightly] }, { cards });
    assert.ok(flopack);
    assert.equal(checkFlopack(flopack), []);
    const again = imported(flopack);
    assert.equal(again.flows[0]?.cards[0]?.in?.['flow'], { flow: 'nightlyCheck' });
  }
});

test.run();
