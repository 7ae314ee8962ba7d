/** What Mermaid 11 did with labels when it drew them in Chromium: each of these broke the chart, or showed something else. */
import type { CardNode, DeckFlow } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { beyondMermaid, graphOf, mermaid } from './index.js';

const chartOf = (cards: readonly CardNode[], flow: Partial<DeckFlow> = {}, wires = true) =>
  mermaid([graphOf({ id: 'f', type: 'manual', cards, ...flow }, () => undefined)], { wires });
const GAP = '\u200b';

for (const [title, written] of [
  ['%%{init: {"theme":"dark"}}%%', '#37;#37;{init: {#34;theme#34;:#34;dark#34;}}#37;#37;'],
  ['half of 100%', 'half of 100%'],
  ['go direction TB', 'go direction#32;TB'],
  ['direction\tLR', 'direction#32;LR'],
  ['no direction', 'no direction'],
  ['costs $$x^2$$', `costs $${GAP}$x^2$${GAP}$`],
  ['fa:fa-user', `fa:${GAP}fa-user`],
  ['alfab:fa-user', `alfab:${GAP}fa-user`],
  ['C:\\new', `C:#92;${GAP}new`],
  ['end', 'end'],
  ['1. one', '1#46; one'],
  ['العربية 日本語', 'العربية 日本語'],
] as const) {
  test(`${title} is written so that it is what is read`, () => {
    const cards = [{ card: 'acme.some', title }];
    const chart = chartOf([...cards, { card: 'acme.some', blocks: { [title]: { cards: [] } } }], { name: title });
    assert.ok(chart.includes(`  subgraph n0["${written} (f, manual)"]`), chart);
    assert.ok(chart.includes(`["${written}<br/>acme.some"]`), chart);
    assert.ok(chart.includes(`["${written}"]`), chart);
  });
}

test('where there is nothing to read, there still is a label: an empty one is none to Mermaid', () => {
  const chart = chartOf([
    { id: 'a', card: 'acme.some', blocks: { '': { cards: [] } } },
    { id: 'b', card: 'acme.some', in: { x: { from: '/a/\u0000' } } },
  ]);
  assert.not.match(chart, '""');
  assert.match(chart, '-.->|" "|');
});

test('what Mermaid does not draw any more is told', () => {
  const row = (length: number, title: string) => Array.from({ length }, () => ({ card: 'acme.some', title }));
  assert.is(beyondMermaid(chartOf(row(501, 'x'), {}, false)), null);
  assert.is(
    beyondMermaid(chartOf(row(502, 'x'), {}, false)),
    'Mermaid draws at most 500 arrows, and the picture has 501.',
  );
  const wired = [
    { id: 'a', card: 'acme.some' },
    ...Array.from({ length: 300 }, () => ({ card: 'acme.some', in: { x: { from: '/a/b' } } })),
  ];
  assert.match(`${beyondMermaid(chartOf(wired))}`, 'has 600.');
  // Arrows that stand in a label are none.
  assert.is(beyondMermaid(chartOf(row(300, 'n0 --> n1 -.-> n2'), {}, false)), null);
  const quotes = beyondMermaid(chartOf(row(300, '"'.repeat(60)), {}, false));
  assert.match(`${quotes}`, /^Mermaid reads at most 50000 characters/);
});

test.run();
