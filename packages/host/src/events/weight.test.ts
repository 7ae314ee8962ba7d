/** The weight of data is near what it takes as JSON, however deep it is. */
import type { JsonData } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { weightOf } from './weight.js';

const DATA: readonly JsonData[] = [
  { text: 'x'.repeat(1_000), list: [1, 2, 3, null, true] },
  ['', {}, []],
  { delivery: { method: 'POST', headers: { 'content-type': 'application/json', 'x-id': '17' }, text: '{"a":"b"}' } },
];

for (const data of DATA) {
  const { length } = JSON.stringify(data);
  test(`${length} characters of JSON`, () => {
    const weight = weightOf(data);
    assert.ok(weight >= length / 2 && weight <= 4 * length, `${weight} for ${length}`);
  });
}

test('data that is deeper than a program can call', () => {
  let deep: JsonData = 'x';
  for (let depth = 0; depth < 100_000; depth++) deep = [deep];
  assert.ok(weightOf(deep) > 100_000);
});

test.run();
