/** Randomness, ids and fixed connections of the defaults. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fixedConnections } from './connections.js';
import { systemIds, systemRandom } from './random.js';

test('numbers are from 0 to below 1, and spread', () => {
  const random = systemRandom();
  const numbers = Array.from({ length: 2000 }, () => random.number());
  assert.ok(numbers.every((number) => number >= 0 && number < 1));
  const tenths = new Set(numbers.map((number) => Math.floor(number * 10)));
  assert.is(tenths.size, 10);
  assert.ok(new Set(numbers).size > 1990);
});

test('bytes: as many as asked for, more than the platform gives at once included', () => {
  const random = systemRandom();
  for (const count of [0, 1, 16, 65_536, 65_537, 200_000]) assert.is(random.bytes(count).length, count);
  const tail = random.bytes(70_000).subarray(65_536);
  assert.ok(
    tail.some((byte) => byte !== 0),
    'the part beyond the first piece is filled too',
  );
});

test('run ids never repeat, also beyond the count of one prefix, nor between engines', () => {
  const ids = systemIds();
  const many = Array.from({ length: 140_000 }, () => ids.run());
  assert.is(new Set(many).size, many.length);
  for (const id of [many[0], many[65_535], many[139_999]]) assert.match(id ?? '', /^run-[0-9a-f]{24}$/);
  assert.is.not(systemIds().run(), systemIds().run());
});

test('fixed connections are found by their own names only', async () => {
  const mine = { connector: 'svc', auth: {} };
  const connections = fixedConnections({ mine });
  assert.is(await connections.get('mine'), mine);
  for (const name of ['other', 'constructor', 'toString', '__proto__']) assert.is(await connections.get(name), null);
});

test.run();
