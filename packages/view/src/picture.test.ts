/** What is promised of how a picture reads: long text breaks, notes and connectors can be told, marks say how a card went, wires stay below words. */
import type { CardNode, DeckFlow } from '@flowdeck/engine/kit';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CardMark, graphOf, type KnownCard, mermaid, svg } from './index.js';
import { overview } from './overview.js';
import { wrapText } from './text.js';

const TYPES = new Map<string, ReturnType<KnownCard>>([
  ['lib.plain', {}],
  ['lib.remark', { traits: { remarks: 'text' } }],
  ['lib.choice', { traits: { compares: { left: 'left', operator: 'operator', right: 'right' } } }],
]);
const known: KnownCard = (id) => TYPES.get(id);
const drawn = (cards: readonly CardNode[], id = 'main') => graphOf({ id, type: 'manual', cards } as DeckFlow, known); // a manual flow

test('text breaks between words, and inside of a word only where it fits no line', () => {
  assert.equal(wrapText('one two three', 'title', 56, 3), ['one two', 'three']);
  assert.equal(wrapText('abcdefghij', 'title', 35, 3), ['abcde', 'fghij']);
  assert.equal(wrapText('one two three four', 'title', 40, 2), ['one', 'two…']);
  assert.equal(wrapText('loadEverything', 'title', 56, 3), ['load', 'Everythi', 'ng']);
  assert.equal(wrapText('an iPhone', 'title', 49, 3), ['an', 'iPhone']);
  assert.equal(wrapText('', 'title', 40, 2), []);
});

test('no line is wider than the room, none is lost but behind an ellipsis', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.integer({ min: 1, max: 5 }), (text, most) => {
      const lines = wrapText(text, 'title', 100, most);
      assert.ok(lines.length <= most);
      for (const line of lines) assert.ok([...line].length <= 15);
      const bare = (all: string) => all.replace(/\s/g, '');
      const whole = bare(lines.join(''));
      if (whole.endsWith('…') && !text.endsWith('…')) assert.ok(bare(text).startsWith(whole.slice(0, -1)));
      else assert.is(whole, bare(text));
    }),
  );
});

test('a long title stands in three lines, and a comment is a note with its words', () => {
  const picture = svg(
    [
      drawn([
        { card: 'lib.plain', title: 'word '.repeat(40) },
        { card: 'lib.remark', in: { text: 'mind the gap' } },
      ]),
    ],
    {
      wires: false,
    },
  );
  assert.is(picture.match(/class="title"/g)?.length, 3 + 1 + 1);
  assert.match(picture, 'mind the gap');
  assert.match(picture, '#fef9c3');
});

test('a long note is as wide as two cards, and a condition as wide as its card', () => {
  const wide = (cards: readonly CardNode[]) =>
    /class="card" x="\d+" y="\d+" width="(\d+)"/.exec(svg([drawn(cards)], { wires: false }))?.[1];
  assert.is(wide([{ card: 'lib.remark', in: { text: 'short' } }]), '176');
  assert.is(wide([{ card: 'lib.remark', in: { text: 'long '.repeat(60) } }]), '388');
  const condition = { left: { from: '/inputs/Clear every session of the user' }, operator: '==', right: true };
  const inner = Array.from({ length: 4 }, () => ({ card: 'lib.plain' }));
  const lines = (cards: readonly CardNode[]) =>
    svg([drawn([{ card: 'lib.choice', in: condition, blocks: { then: { cards } } }])], { wires: false }).match(
      /class="condition"/g,
    )?.length;
  assert.is(lines([]), 2);
  assert.is(lines(inner), 1);
});

test('cards of a connector have its colour, those of a library none; the same name the same colour', () => {
  const stripes = (cards: readonly CardNode[]) =>
    [...svg([drawn(cards)], { wires: false }).matchAll(/class="stripe"[^>]*fill="([^"]*)"/g)].map(([, fill]) => fill);
  assert.equal(stripes([{ card: 'lib.plain' }]), []);
  const [first, second, third] = stripes([{ card: 'okta.read' }, { card: 'okta.write' }, { card: 'twilio.send' }]);
  assert.is(first, second);
  assert.is.not(first, third);
  assert.equal(stripes([{ card: 'lib.plain', connection: 'mine' }]).length, 1);
});

test('a mark says in words how a card went; what was not reached is dashed, and so is the way there', () => {
  const marks = new Map<string, CardMark>([
    ['main.0', { state: 'passed', text: '✓ ran · 3×' }],
    ['main.1', { state: 'skipped', text: 'not taken' }],
  ]);
  const graph = drawn([{ card: 'lib.plain' }, { card: 'lib.plain' }]);
  const picture = svg([graph], { wires: false, marks });
  assert.match(picture, '✓ ran · 3×');
  assert.is(picture.match(/class="card"[^>]*stroke-dasharray/g)?.length, 1);
  assert.match(picture, /class="next"[^>]*stroke-dasharray/);
  assert.not.match(svg([graph], { wires: false }), /class="next"[^>]*stroke-dasharray/);
  const chart = mermaid([graph], { wires: false, marks });
  assert.match(chart, 'class n1 passed');
  assert.match(chart, /classDef skipped [^\n]*dasharray/);
});

test('wires are drawn before the cards and words that they pass', () => {
  const cards = [
    { id: 'a', card: 'lib.plain' },
    { card: 'lib.plain' },
    { card: 'lib.plain', in: { x: { from: '/a/y' } } },
  ];
  const picture = svg([drawn(cards)], { wires: true });
  assert.ok(picture.indexOf('class="wire"') < picture.indexOf('class="card"'));
  assert.ok(picture.indexOf('class="wire"') < picture.indexOf('class="words"'));
});

test('an overview has every flow once, whoever calls whom', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(7), { maxLength: 4 }), { maxLength: 8 }), (calls) => {
      const flows = calls.map((targets, index) =>
        drawn(
          targets.map((to) => ({ card: 'lib.plain', in: { flow: { flow: `f${to}` } } })),
          `f${index}`,
        ),
      );
      const picture = overview(flows, (id) => `#${id}`);
      assert.is(picture.match(/<rect /g)?.length ?? 0, flows.length);
      const places = [...picture.matchAll(/<rect class="card" (x="\d+" y="\d+")/g)].map(([, place]) => place);
      assert.is(new Set(places).size, places.length);
    }),
  );
});

test.run();
