/** What is promised of pictures: every card is there once, boxes nest, nothing is drawn that is not read, no text breaks out. */
import type { CardNode, DeckFlow } from '@flowdeck/engine/kit';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { conditionOf } from './condition.js';
import { graphOf, type KnownCard, mermaid, svg } from './index.js';
import { type Box, layout, type PlacedBlock, type PlacedCard, type PlacedFlow } from './layout.js';

const flowOf = (cards: readonly CardNode[]): DeckFlow => ({ id: 'main', type: 'manual', cards });
/** Cards of a third party, by what they declare. */
const known: KnownCard = (id) => TYPES.get(id);
const COMPARES = { left: 'left', operator: 'operator', right: 'right' };
const TYPES = new Map<string, ReturnType<KnownCard>>([
  ['acme.remark', { traits: { remarks: 'text' } }],
  ['acme.fork', { traits: { compares: { left: 'a', operator: 'how', right: 'b' } } }],
]);
const wiresOf = (cards: readonly CardNode[]) =>
  graphOf(flowOf(cards), known)
    .edges.filter((edge) => edge.kind === 'data')
    .map(({ from, to, label }) => [from, to, label]);

/** Names of the elements, in order. A fault in the XML fails the test. */
function elementsOf(xml: string): readonly { readonly name: string; readonly kind: string | undefined }[] {
  const found: { name: string; kind: string | undefined }[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => void found.push({ name, kind: attributes['class'] }));
  parser.write(xml).close();
  return found;
}

test('a wire leads from what is read, by a pointer or by an expression', () => {
  const first = { id: 'first', card: 'text.trim' };
  assert.equal(wiresOf([first, { card: 'x.y', in: { a: { from: '/first/a~1b/c' } } }]), [['main.0', 'main.1', 'a/b']]);
  assert.equal(wiresOf([first, { card: 'x.y', in: { a: { from: '/first' } } }]), [['main.0', 'main.1', null]]);
  assert.equal(wiresOf([first, { card: 'x.y', in: { a: { expr: 'first.output & "x"' } } }]), [
    ['main.0', 'main.1', null],
  ]);
});

test('a name that is only mentioned is not read: in a text, as a member, in a comment, in what is no pointer or expression', () => {
  const first = { id: 'first', card: 'text.trim' };
  for (const binding of [
    { expr: '"first"' },
    { expr: 'inputs.first' },
    { expr: 'inputs /* first */' },
    { expr: '"first' },
    { from: 'first/output' },
    { from: '/inputs/first' },
    { value: 'first' },
    'first',
    null,
  ])
    assert.equal(wiresOf([first, { card: 'x.y', in: { a: binding } }]), [], JSON.stringify(binding));
});

test('what a block makes is not read outside of it, nor before', () => {
  const inner = { id: 'inner', card: 'text.trim', in: { text: { from: '/late/output' } } };
  const cards = [
    { card: 'control.ifElse', blocks: { then: { cards: [inner] } } },
    { id: 'late', card: 'x.y', in: { a: { from: '/inner/output' } } },
  ];
  assert.equal(wiresOf(cards), []);
});

test('calls are those of bindings, of blocks and of the policy for errors, each once', () => {
  const [card] = graphOf(
    flowOf([
      {
        card: 'flow.call',
        in: { flow: { flow: 'a' }, other: { flow: 'a' } },
        blocks: { then: { in: { left: { flow: 'b' } }, cards: [] } },
        onError: { action: 'flow', flow: 'c' },
      } as CardNode, // the policy is not judged here
    ]),
    known,
  ).cards;
  assert.equal(card?.calls, ['a', 'b', 'c']);
});

test('a condition without an operator asks for equality', () => {
  const left = { from: '/inputs/a' };
  assert.is(conditionOf({ left, right: 'x' }, COMPARES), 'inputs.a == "x"');
  assert.is(conditionOf({ left }, COMPARES), 'inputs.a == null');
  assert.is(conditionOf({ right: 1 }, COMPARES), 'null == 1');
  assert.is(conditionOf({ left, operator: 'is empty' }, COMPARES), 'inputs.a is empty');
  assert.is(conditionOf({ left, operator: 'is not empty', right: '' }, COMPARES), 'inputs.a is not empty');
  assert.is(conditionOf({ left, operator: '>' }, COMPARES), 'inputs.a > null');
  assert.is(conditionOf({ operator: '==' }, COMPARES), null);
});

test('what a card compares is told by its trait, and so for its blocks', () => {
  const given = { a: { from: '/inputs/age' }, how: '>=', b: 18 };
  const blocks = { if: { in: given, cards: [] } };
  const [fork, other] = graphOf(
    flowOf([
      { card: 'acme.fork', in: given, blocks },
      { card: 'acme.other', in: given },
    ]),
    known,
  ).cards;
  assert.equal([fork?.condition, fork?.blocks[0]?.condition], ['inputs.age >= 18', 'inputs.age >= 18']);
  assert.is(other?.condition, null);
});

test('a comment shows what it says', () => {
  const cards = [{ id: 'c', card: 'acme.remark', in: { text: 'First\n  the <name>' } }];
  assert.match(mermaid([graphOf(flowOf(cards), known)], { wires: false }), 'First the');
  assert.match(svg([graphOf(flowOf(cards), known)], { wires: false }), 'First the &lt;name&gt;');
  assert.not.match(
    svg([graphOf(flowOf([{ card: 'acme.other', in: { text: 'silent' } }]), known)], { wires: false }),
    'silent',
  );
});

test('a condition is said in the words of the flow', () => {
  const said = (bindings: CardNode['in']) => conditionOf(bindings, COMPARES);
  assert.is(said({ left: { from: '/inputs/a~1b' }, operator: '>=', right: 18 }), 'inputs.a/b >= 18');
  assert.is(said({ left: { item: '' }, operator: '==', right: 'x' }), 'item == "x"');
  assert.is(said({ left: { item: '/id' }, operator: 'is empty' }), 'item.id is empty');
  assert.is(said({ left: { expr: 'a + 1' }, operator: '<', right: { value: [1] } }), 'a + 1 < [1]');
  assert.is(said({ left: { from: 'no pointer' }, operator: '==', right: null }), 'no pointer == null');
  assert.is(said({ text: 'x' }), null);
  assert.is(said(undefined), null);
});

const cardsTo: fc.Memo<CardNode[]> = fc.memo((depth) =>
  fc.array(
    fc.record(
      {
        card: fc.constantFrom('text.compose', 'control.ifElse', 'acme.some'),
        title: fc.string({ unit: 'binary', maxLength: 40 }),
        ...(depth > 1 && {
          blocks: fc.dictionary(fc.string({ maxLength: 6 }), fc.record({ cards: cardsTo() }), { maxKeys: 2 }),
        }),
      },
      { requiredKeys: ['card'] },
    ),
    { maxLength: depth > 2 ? 12 : 3 },
  ),
);
const anyCards = cardsTo(3);

function countOf(cards: readonly CardNode[]): { cards: number; blocks: number } {
  const total = { cards: cards.length, blocks: 0 };
  for (const block of cards.flatMap((card) => Object.values(card.blocks ?? {}))) {
    const inner = countOf(block.cards);
    total.cards += inner.cards;
    total.blocks += inner.blocks + 1;
  }
  return total;
}

test('whatever the titles hold, a picture is well-formed and has every card and block once', () => {
  fc.assert(
    fc.property(anyCards, (cards) => {
      const picture = elementsOf(svg([graphOf(flowOf(cards), known)], { wires: true }));
      const of = (kind: string) => picture.filter((element) => element.name === 'rect' && element.kind === kind).length;
      assert.equal({ cards: of('card'), blocks: of('block') }, countOf(cards));
    }),
    { numRuns: 150 },
  );
});

test('whatever the titles hold, a Mermaid chart has one line for each part, and closes what it opens', () => {
  fc.assert(
    fc.property(anyCards, (cards) => {
      const lines = mermaid([graphOf(flowOf(cards), known)], { wires: true }).split('\n');
      const node = /^\s+n\d+\["[^"]*"\]$/;
      const opened = /^\s+subgraph n\d+\["[^"]*"\]$/;
      const others =
        /^(?:flowchart LR|\s+direction (?:LR|TB)|\s+end|\s+n\d+\(\["empty"\]\)|\s+n\d+\{\{"[^"]*"\}\}|\s+n\d+ --> n\d+|)$/;
      for (const line of lines) assert.ok(node.test(line) || opened.test(line) || others.test(line), line);
      const count = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;
      assert.is(count(opened), count(/^\s+end$/));
      const withBlocks = count(opened) - 1 - countOf(cards).blocks;
      assert.is(count(node) + withBlocks, countOf(cards).cards);
    }),
    { numRuns: 150 },
  );
});

const chartOf = (cards: readonly CardNode[], wires = false) => mermaid([graphOf(flowOf(cards), known)], { wires });

test('no text of a chart is a sign that Mermaid makes of codes, and none turns its neighbours', () => {
  const written = (title: string) => /n1\["(.*)<br\/>a\.b"\]/.exec(chartOf([{ card: 'a.b', title }]))?.[1];
  assert.is(written('\ufb02\u00b0\u00b035\u00b6\u00df'), '\ufb02\u200b\u00b0\u00b035\u00b6\u200b\u00df');
  assert.is(written('a \u202eb'), 'a \ufffdb');
});

test('arrows of a chart begin with the innermost; with wires, those of a card with blocks end at its head', () => {
  const inner = { cards: [{ card: 'a.b' }, { card: 'a.c' }] };
  const compared = { a: { from: '/x/y' }, how: '>', b: 1 };
  const fork = { card: 'acme.fork', title: 'Is it?', blocks: { then: inner }, in: compared };
  const cards = [{ id: 'x', card: 'a.a' }, fork];
  const arrows = (wires: boolean) => [...chartOf(cards, wires).matchAll(/^ {2}(n.*>.*)$/gm)].map(([, arrow]) => arrow);
  assert.equal(arrows(false), ['n5 --> n6', 'n1 --> n2']);
  assert.equal(arrows(true), ['n5 --> n6', 'n1 --> n3', 'n1 -.->|"y"| n3']);
  assert.match(chartOf(cards), /n2\["Is it\?"\]\n +direction LR\n +n3\{\{"acme\.fork<br\/>x\.y #62; 1"\}\}\n/);
});

test('a long row of a chart runs down', () => {
  const row = (length: number) => chartOf(Array.from({ length }, () => ({ card: 'a.b' })));
  assert.match(row(8), 'direction LR');
  assert.match(row(9), 'direction TB');
});

const inside = (inner: Box, outer: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
const apart = (a: Box, b: Box) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

function checkBoxes(boxes: readonly (PlacedFlow | PlacedCard | PlacedBlock)[], around: Box): void {
  for (const [index, box] of boxes.entries()) {
    assert.ok(inside(box, around), JSON.stringify([box, around]));
    for (const other of boxes.slice(index + 1)) assert.ok(apart(box, other), JSON.stringify([box, other]));
    checkBoxes('blocks' in box ? box.blocks : box.cards, box);
  }
}

test('boxes stand apart, and inside what they belong to', () => {
  const page = { x: 0, y: 0, width: 1e6, height: 1e6 };
  fc.assert(
    fc.property(anyCards, anyCards, (cards, others) => {
      checkBoxes(layout([graphOf(flowOf(cards), known), graphOf(flowOf(others), known)]), page);
    }),
    { numRuns: 150 },
  );
});

test('an empty flow has a picture too', () => {
  assert.equal(
    elementsOf(svg([graphOf(flowOf([]), known)], { wires: false }))
      .filter((element) => element.name === 'rect')
      .map((element) => element.kind),
    ['flow'],
  );
  assert.ok(mermaid([graphOf(flowOf([]), known)], { wires: false }).includes('(["empty"])'));
  assert.ok(elementsOf(svg([], { wires: false })).length > 0);
});

test.run();
