/** `docs/lint.md` says what the rules say. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lintPage } from './testing/page.js';

test('the page is up to date: if not, run "npm run docs --workspace @flowdeck/lint"', () => {
  assert.is(readFileSync(new URL('../../../docs/lint.md', import.meta.url), 'utf8'), lintPage());
});

test.run();
