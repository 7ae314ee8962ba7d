import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compare, OPERATORS } from './index.js';

test('what a search and a filter offer beside a comparison', () => {
  const strict = OPERATORS.filter(({ operator }) => operator === '===' || operator === '!==');
  assert.equal(
    strict.map(({ operator, offeredBy, operands }) => ({ operator, offeredBy, operands })),
    [
      { operator: '===', offeredBy: ['find', 'filter'], operands: 2 },
      { operator: '!==', offeredBy: ['find', 'filter'], operands: 2 },
    ],
  );
});

test('a number is in a text that holds its digits, and in no other', () => {
  assert.is(compare(5, 'in', 'a5'), true);
  assert.is(compare(5, 'in', 'a6'), false);
});

test.run();
