// The card reference in docs/cards is what the definitions say.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { stalePages } from './docs/cards.mjs';

test('docs/cards is up to date; "npm run docs:cards" makes it so', () => {
  assert.equal(stalePages(), []);
});

test.run();
