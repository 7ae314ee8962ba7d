import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compare, OPERATORS } from './index.js';

test('what a comparison, a search and a filter offer', () => {
  const offered = (use: 'compare' | 'find' | 'filter') =>
    OPERATORS.filter(({ offeredBy }) => offeredBy.includes(use)).map(({ operator }) => operator);
  const everywhere = ['==', '!=', '>=', '<=', '>', '<', '%', 'in', 'not in', 'has', "doesn't have"];
  assert.equal(offered('compare'), [...everywhere, 'is empty', 'is not empty']);
  assert.equal(offered('find'), [...everywhere, '===', '!==']);
  assert.equal(offered('filter'), [...everywhere, 'is empty', 'is not empty', '===', '!==']);
  assert.equal(
    OPERATORS.filter(({ operands }) => operands === 1).map(({ operator }) => operator),
    ['is empty', 'is not empty'],
  );
});

test('a number is in a text that holds its digits, and in no other', () => {
  assert.is(compare(5, 'in', 'a5'), true);
  assert.is(compare(5, 'in', 'a6'), false);
});

test.run();
