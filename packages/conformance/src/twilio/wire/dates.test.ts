/** Dates of the 2010 API. */

import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseFilterDate, parseIsoInstant, rfc2822 } from './dates.js';

const AT = Date.UTC(2023, 7, 24, 5, 1, 45);

test('a date is written as RFC 2822 with a numeric offset', () => {
  assert.is(rfc2822(AT), 'Thu, 24 Aug 2023 05:01:45 +0000');
});

test('what is written can be read to the second', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
      assert.is(parseFilterDate(rfc2822(seconds * 1000))?.from, seconds * 1000);
    }),
  );
});

test('a day is the whole day in GMT', () => {
  assert.equal(parseFilterDate('2023-08-24'), { from: Date.UTC(2023, 7, 24), to: Date.UTC(2023, 7, 25) - 1 });
});

test('a time without an offset is GMT', () => {
  for (const text of ['2023-08-24 05:01:45.000', '2023-08-24T05:01:45', '2023-08-24T07:01:45+02:00']) {
    assert.equal(parseFilterDate(text), { from: AT, to: AT + 999 }, text);
  }
});

test('anything else is no date', () => {
  for (const text of ['yesterday', '2023-13-01', '']) assert.is(parseFilterDate(text), undefined, text);
});

test('SendAt needs a date, a time and an offset', () => {
  assert.is(parseIsoInstant('2023-08-24T05:01:45Z'), AT);
  for (const text of ['2023-08-24', '2023-08-24T05:01:45', '2023-08-24T25:01:45Z']) {
    assert.is(parseIsoInstant(text), undefined, text);
  }
});

test.run();
