import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isLarge, LARGE_LIST, LARGE_TEXT } from './large.js';

test('long texts and values of many parts are large', () => {
  assert.is(isLarge('x'.repeat(LARGE_TEXT + 1)), true);
  assert.is(isLarge('x'.repeat(LARGE_TEXT)), false);
  assert.is(isLarge(Array.from({ length: LARGE_LIST + 1 }, () => 1)), true);
  for (const small of [null, undefined, 1, true, [1, 2], { a: 1 }]) assert.is(isLarge(small), false);
});

test.run();
