import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { closest, didYouMean } from './did-you-mean.js';

test('one letter added, dropped, changed or swapped', () => {
  const names = ['id', 'card', 'in', 'inputs', 'outputs', 'blocks', 'onError'];
  assert.is(closest('inn', names), 'in');
  assert.is(closest('inptus', names), 'inputs');
  assert.is(closest('bloks', names), 'blocks');
  assert.is(closest('onerror', names), 'onError');
  assert.is(closest('crd', names), 'card');
});

test('what is not close is not guessed', () => {
  assert.is(closest('colour', ['id', 'card', 'in']), null);
  assert.is(closest('x'.repeat(1000), ['x'.repeat(999)]), null);
  assert.is(closest('a', []), null);
});

test('the closest wins, the first of equals', () => {
  assert.is(closest('sent', ['send', 'sent1', 'bent']), 'send');
  assert.is(closest('output', ['inputs', 'outputs']), 'outputs');
});

test('the sentence', () => {
  assert.is(didYouMean('inn', ['in'], 'Read the manual.'), 'Did you mean "in"?');
  assert.is(didYouMean('xyz', ['in'], 'Read the manual.'), 'Read the manual.');
});

test.run();
