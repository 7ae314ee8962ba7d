/** JSON for readers: indented, unless the blanks would be the most of it. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { prettyJson } from './text.js';

function nested(value: unknown, depth: number): unknown {
  let outer = value;
  for (let level = 0; level < depth; level++) outer = [outer];
  return outer;
}

test('is indented where it is long, deep, or both within bounds', () => {
  for (const value of [{ a: [1, { b: '"[' }] }, nested(1, 900), Array.from({ length: 100_000 }, (_, a) => ({ a }))]) {
    assert.is(prettyJson(value), JSON.stringify(value, null, 2));
  }
});

test('is one line where a long value nests so deep that indentation would not end', () => {
  const value = nested(new Array(40_000).fill('\\"]'), 900);
  assert.is(prettyJson(value), JSON.stringify(value));
});

test.run();
