/** The rules by which a case compares. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { differences, matches } from './match.js';

test('what is compared exactly may have no member more, at any depth', () => {
  assert.ok(matches({ a: [1, { b: null }] }, { a: [1, { b: null }] }, 'exact'));
  assert.equal(differences({ a: {} }, { a: { b: 1 } }, 'exact'), [{ pointer: '/a/b', expected: undefined, actual: 1 }]);
  assert.not(matches({ a: null }, {}, 'exact'), 'null is not the same as missing');
});

test('a subset looks at what is named only, but lists are whole', () => {
  assert.ok(matches({ at: { card: 'a' } }, { at: { card: 'a', flow: 'f' }, code: 'x' }, 'subset'));
  assert.not(matches([1], [1, 2], 'subset'));
  assert.ok(matches({ statusCode: null }, {}, 'subset'));
});

test('a difference is told with its place', () => {
  assert.equal(differences({ 'a/b': { c: [1, 2] } }, { 'a/b': { c: [1, 3] } }, 'exact'), [
    { pointer: '/a~1b/c/1', expected: 2, actual: 3 },
  ]);
});

test('matchers', () => {
  assert.ok(matches({ $any: true }, null, 'exact'));
  assert.not(matches({ a: { $any: true } }, {}, 'exact'), 'anything, but something');
  assert.ok(matches({ $type: 'list' }, [], 'exact'));
  assert.ok(matches({ $type: 'date' }, new Date(0), 'exact'));
  assert.not(matches({ $type: 'number' }, '1', 'exact'));
  assert.ok(matches({ $match: '^SM[0-9a-f]{4}$' }, 'SM00ff', 'exact'));
  assert.not(matches({ $match: '1' }, 1, 'exact'), 'text only');
  assert.ok(matches({ $has: { a: 1 } }, { a: 1, b: 2 }, 'exact'));
  assert.ok(matches({ $type: 'text', other: 1 }, { $type: 'text', other: 1 }, 'exact'), 'two keys are no matcher');
});

test('a date equals its ISO text, and numbers are told from text', () => {
  assert.ok(matches('1970-01-01T00:00:00.000Z', new Date(0), 'exact'));
  assert.not(matches(0, '0', 'exact'));
  assert.not(matches(0, -0, 'exact'), 'a sign that nobody asked for');
  assert.ok(matches(-0, -0, 'exact'));
});

// As JSON text gives it: -0 has none.
const json = fc
  .jsonValue({ maxDepth: 4 })
  .filter((value) => !JSON.stringify(value).includes('"$'))
  .map((value): unknown => JSON.parse(JSON.stringify(value)));

test('every JSON value equals itself, and a copy of itself, by both rules', () => {
  fc.assert(
    fc.property(json, (value) => {
      const copy: unknown = JSON.parse(JSON.stringify(value));
      return matches(value, copy, 'exact') && matches(value, copy, 'subset');
    }),
  );
});

test('what is equal exactly is a subset', () => {
  fc.assert(fc.property(json, json, (a, b) => !matches(a, b, 'exact') || matches(a, b, 'subset')));
});

test.run();
