/** The seeded source: the same again for the same seed, and spread as the port promises. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { seededSource } from './seeded-random.js';

const numbers = (seed: string, count = 20) => {
  const source = seededSource(seed);
  return Array.from({ length: count }, () => source.number());
};

test('a seed decides everything that is drawn', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 0, max: 100 }), (seed, count) => {
      assert.equal(numbers(seed), numbers(seed));
      assert.equal(seededSource(seed).bytes(count), seededSource(seed).bytes(count));
    }),
  );
});

test('another seed, and another turn, draws something else', () => {
  const seeds = ['', 'a', 'b', 'ab', 'ba', 'a ', '0', '1', '10', '01'];
  assert.is(new Set(seeds.map((seed) => numbers(seed).join())).size, seeds.length);
  assert.is(new Set(numbers('a', 1000)).size, 1000);
});

test('numbers lie from 0 to below 1 and in every tenth of it, bytes take every value', () => {
  const tenths = new Set<number>();
  for (const number of numbers('spread', 2000)) {
    assert.ok(number >= 0 && number < 1, String(number));
    tenths.add(Math.floor(number * 10));
  }
  assert.is(tenths.size, 10);
  const bytes = seededSource('spread').bytes(20_000);
  assert.equal([bytes.length, new Set(bytes).size], [20_000, 256]);
  assert.is(seededSource('x').bytes(0).length, 0);
});

test.run();
