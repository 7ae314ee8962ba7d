import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { jsonLength } from './json-length.js';

test('the items of a list count without their positions, the members of an object with their names', () => {
  const list = Array.from({ length: 1_000 }, (_, at) => at);
  const members = Object.fromEntries(list.map((at) => [`${at}`, at]));
  const names = Object.keys(members).reduce((length, name) => length + JSON.stringify(name).length + 1, 0);
  assert.is(jsonLength(members, 1_000_000) - jsonLength(list, 1_000_000), names);
});

test('null is four characters wherever it stands', () => {
  assert.is(jsonLength(null, 100), 4);
  assert.is(jsonLength([null], 100) - jsonLength([], 100), 5);
  assert.is(jsonLength({ a: null, b: [] }, 100) - jsonLength({ a: '', b: [] }, 100), 2);
});

test.run();
