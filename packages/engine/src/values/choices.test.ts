import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isChoice } from './choices.js';

test('a list is no choice of a field that takes one value', () => {
  assert.is(isChoice({ choices: ['a', 'b'] }, ['a']), false);
  assert.is(isChoice({ choices: ['a', 'b'], list: true }, ['a', 'b']), true);
  assert.is(isChoice({ choices: ['a', 'b'], list: true }, ['a', 'c']), false);
  assert.is(isChoice({ choices: ['a', 'b'] }, null), true);
});

test.run();
