import { standard } from '@flowdeck/cards';
import { conformance } from '@flowdeck/conformance';
import { createEngine } from '@flowdeck/engine';
import { runCard, scriptedHttp } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkIsbn } from './check-isbn.js';
import { findBook } from './find-book.js';
import { library } from './index.js';

test('one card by itself', async () => {
  assert.equal(await runCard(checkIsbn, { isbn: '978-3-16-148410-0' }), { isbn: '9783161484100' });
});

test('a card that asks a service, without a service', async () => {
  const http = scriptedHttp([
    { request: { method: 'GET', path: '/books/9783161484100' }, response: { status: 200, json: { title: 'Numbers' } } },
    { request: { method: 'GET', path: '/books/9780000000002' }, response: { status: 404 } },
  ]);
  const catalogue = 'https://catalogue.example.com';
  assert.equal(await runCard(findBook, { catalogue, isbn: '9783161484100' }, { http }), { title: 'Numbers' });
  assert.equal(await runCard(findBook, { catalogue, isbn: '9780000000002' }, { http }), { title: null });
  assert.equal(http.problems(), []);
});

test('a flow with a card of this pack', async () => {
  const engine = createEngine({ packs: [standard, library] });
  const deck = engine.load({
    flowdeck: 1,
    id: 'label',
    type: 'manual',
    inputs: [{ key: 'isbn', type: 'text' }],
    outputs: [{ key: 'label', type: 'text' }],
    cards: [
      { id: 'check', card: 'library.checkIsbn', in: { isbn: { from: '/inputs/isbn' }, form: 'prefixed' } },
      { card: 'flow.return', in: { label: { from: '/check/isbn' } } },
    ],
  });
  const right = await engine.run(deck, { inputs: { isbn: '978-3-16-148410-0' } });
  assert.equal(right.outputs, { label: 'ISBN 9783161484100' });
  const wrong = await engine.run(deck, { inputs: { isbn: 'The Trial' } });
  assert.is(wrong.error?.code, 'library-isbn');
});

conformance({ packs: [library], cases: new URL('../cases/', import.meta.url), test });
test.run();
