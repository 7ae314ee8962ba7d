import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { namedConversion } from './named.js';
import { SCALAR_CONVERTERS } from './scalars.js';

test('a refusal names the type that was wanted', () => {
  assert.throws(() => SCALAR_CONVERTERS.date(true), /\bdate\b/i);
  assert.throws(() => SCALAR_CONVERTERS.file(5), /\bfile\b/i);
});

test('the number at the start of a text may lack its zero', () => {
  assert.is(namedConversion('parseFloat', false)('.5px'), 0.5);
  assert.is(namedConversion('parseFloat', false)('12.5 of 20'), 12.5);
});

test.run();
