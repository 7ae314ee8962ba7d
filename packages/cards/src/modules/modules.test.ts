/** The library in parts is the library. */
import { createEngine, definePack, FlowdeckError } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cards, standard } from '../index.js';
import { standardFor } from './index.js';

const idsOf = (pack: { readonly cards?: readonly { readonly id: string }[] }) => (pack.cards ?? []).map(({ id }) => id);

test('a module has the cards that it has in the whole', async () => {
  for (const [name, module] of Object.entries(cards)) {
    const part = await standardFor([module[0]?.id ?? name]);
    assert.equal(part.cards, module, name);
  }
});

test('modules come once each, and the pack tells all names', async () => {
  const part = await standardFor(['text.compose', 'flow.return', 'text.trim']);
  assert.equal(
    idsOf(part),
    [...cards.text, ...cards.flow].map(({ id }) => id),
  );
  assert.equal({ ...part, cards: [] }, { ...standard, cards: [] });
  assert.equal(idsOf(await standardFor([])), []);
});

test('what is no card of the library brings all of it', async () => {
  for (const unknown of ['text.compos', 'txt.compose', 'toString.compose', '__proto__.compose', 'compose', '']) {
    assert.is(await standardFor(['text.trim', unknown]), standard, unknown);
  }
});

test('a document may require a version of a module that it has no card of', async () => {
  const engine = createEngine({ packs: [await standardFor(['flow.return'])] });
  const document = {
    flowdeck: 1,
    id: 'f',
    type: 'manual',
    requires: { xml: '^0.1' },
    cards: [{ card: 'flow.return' }],
  };
  assert.equal(engine.check(document).diagnostics, []);
  const newer = engine.check({ ...document, requires: { xml: '^9' } }).diagnostics;
  assert.equal(newer.length, 1);
});

test('a pack that claims a card of a loaded module is refused', async () => {
  const [card] = cards.text;
  if (card === undefined) throw new Error('The module is empty.');
  const twice = definePack({ name: 'mine', namespace: 'text', version: '1.0.0', cards: [card] });
  const part = await standardFor([card.id]);
  assert.throws(
    () => createEngine({ packs: [part, twice] }),
    (error: unknown) => error instanceof FlowdeckError && error.code === 'duplicate-card',
  );
});

test.run();
