/** What is promised of a review: what breaks comes first, both pictures say what became of each card, and no text acts. */
import type { DeckFlow } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { deckPage, graphOf, reviewMarkdown, reviewOf } from '../index.js';
import { changeMarks } from './change-marks.js';
import type { ReviewedChange, ReviewedDecks } from './types.js';

const flow = (id: string, cards: DeckFlow['cards']): DeckFlow => ({ id, type: 'helper', cards });
const BEFORE = [
  flow('a', [
    { id: 'gone', card: 'x.y' },
    { id: 'same', card: 'x.y' },
  ]),
];
const AFTER = [
  flow('a', [
    { id: 'same', card: 'x.y', in: { n: 2 } },
    { id: 'new', card: 'x.z' },
  ]),
];
const change = (kind: string, more: Partial<ReviewedChange>): ReviewedChange => ({
  kind,
  flow: 'a',
  field: null,
  before: null,
  after: null,
  pointerBefore: null,
  pointerAfter: null,
  breaking: false,
  message: `${kind}.`,
  ...more,
});
const CHANGES = [
  change('card-removed', { pointerBefore: '/cards/0' }),
  change('literal', { pointerBefore: '/cards/1', pointerAfter: '/cards/0', field: 'n', after: 2 }),
  change('card-added', { pointerAfter: '/cards/1' }),
  change('table-removed', { flow: null, breaking: true, message: 'Table "t" is gone.' }),
];
const decks = (changes: readonly ReviewedChange[]): ReviewedDecks => ({
  names: { before: 'main', after: 'now' },
  before: { flowdeck: 1, flows: BEFORE },
  after: { flowdeck: 1, flows: AFTER },
  changes,
  card: () => undefined,
});

test('each picture marks what became of its cards', () => {
  const marks = (flows: readonly DeckFlow[], side: 'before' | 'after') =>
    flows.flatMap((each) =>
      [
        ...changeMarks(
          graphOf(each, () => undefined),
          CHANGES,
          side,
        ),
      ].map(([key, { state, text }]) => [key, state, text]),
    );
  assert.equal(marks(BEFORE, 'before'), [
    ['a.0', 'removed', '− removed'],
    ['a.1', 'changed', '~ value: n'],
  ]);
  assert.equal(marks(AFTER, 'after'), [
    ['a.0', 'changed', '~ value: n'],
    ['a.1', 'added', '+ added'],
  ]);
});

test('what breaks comes first, on the page and in the comment', () => {
  for (const text of [reviewOf(decks(CHANGES)), reviewMarkdown(decks(CHANGES))]) {
    assert.ok(text.indexOf('What may break') < text.indexOf('card-removed'));
    assert.match(text, '4 changes, 1 breaking');
  }
  assert.not.match(reviewOf(decks([])), 'What may break');
  assert.match(reviewMarkdown(decks([])), 'no difference');
});

test('a page of a review or of a deck has no script, and says so', () => {
  const graphs = AFTER.map((each) => graphOf(each, () => undefined));
  for (const page of [reviewOf(decks(CHANGES)), deckPage(graphs, { wires: true })]) {
    assert.match(page, 'script-src &#39;none&#39;');
    assert.not.match(page, /<script/);
  }
});

test('a deck page links calls to the flows, in the overview and in the pictures', () => {
  const flows = [
    flow('a', [{ id: 'c', card: 'flow.call', in: { flow: { flow: 'b' }, other: { flow: 'lost' } } }]),
    flow('b', [{ card: 'flow.call', in: { flow: { flow: 'b' } } }]),
  ];
  const page = deckPage(
    flows.map((each) => graphOf(each, () => undefined)),
    { wires: false },
  );
  assert.is(page.match(/href="#flow-1"/g)?.length, 3);
  assert.match(page, 'id="flow-1"');
  assert.match(page, 'Which flow calls which');
});

test('text of a flow is text in a comment: no markup, no mention, no link, no end of a code span', () => {
  const evil = '</details> **b** [x](https://e.example) @team `code` <img src=x> | # \u202egpj';
  const text = reviewMarkdown(decks([change('literal', { message: evil, before: '`` @team', after: evil })]));
  const said = text.split('\n').find((line) => line.startsWith('- ')) ?? '';
  const [sentence = ''] = said.split('<br>');
  assert.not.match(sentence, /<|@t|(?<!\\)[*[\]`#|]|https:\/|\u202e/);
  assert.match(said, '``` ');
});

test('a comment is never too long, and says what it leaves out', () => {
  const many = Array.from({ length: 400 }, (_, index) =>
    change('literal', { flow: `flow ${index}`, message: 'x'.repeat(200), after: 'y'.repeat(300) }),
  );
  const text = reviewMarkdown(decks(many));
  assert.ok(text.length < 62_000);
  assert.match(text, /more parts with changes: too long for a comment/);
});

test('a picture that Mermaid would not draw is left out of a comment', () => {
  const long = (length: number) => ({
    ...decks(CHANGES),
    after: {
      flowdeck: 1,
      flows: [
        flow(
          'a',
          Array.from({ length }, () => ({ card: 'x.y' })),
        ),
      ],
    } as const,
  });
  assert.match(reviewMarkdown(long(500)), '```mermaid');
  assert.not.match(reviewMarkdown(long(502)), '```mermaid');
  assert.match(reviewMarkdown(long(502)), 'Flow a');
});

test.run();
