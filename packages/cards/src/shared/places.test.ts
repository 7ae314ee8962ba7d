import { ConversionError } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { containerOf, segmentsOf } from './places.js';

test('a path is text, a number, or a list of keys whose dots are literal', () => {
  assert.equal(segmentsOf('a.0.b c'), ['a', '0', 'b c']);
  assert.equal(segmentsOf(2), ['2']);
  assert.equal(segmentsOf(['a.b', 0]), ['a.b', '0']);
});

test('null and empty text are the value itself', () => {
  assert.equal(segmentsOf(null), []);
  assert.equal(segmentsOf(''), []);
});

test('anything else is no path', () => {
  for (const path of [true, {}, [['a']], [null], new Date(0)]) {
    assert.throws(
      () => segmentsOf(path),
      (error: unknown) => error instanceof ConversionError && error.hint !== undefined,
    );
  }
});

test('text is read as JSON of an object or a list, all else is left alone', () => {
  assert.equal(containerOf(' [1]'), [1]);
  assert.equal(containerOf('{"a":1}'), { a: 1 });
  const object = { a: 1 };
  assert.is(containerOf(object), object);
  assert.is(containerOf(null), null);
  assert.throws(
    () => containerOf('{"a":'),
    (error: unknown) => error instanceof ConversionError,
  );
});

test.run();
