/** Find, Sort and Unique Custom and Object Map, against a context that calls a function instead of a flow. */
import type { FlowResult, Value } from '@flowdeck/engine';
import { isPlainObject } from '@flowdeck/engine/kit';
import { callingEach, FakeFlow, fakeContext, returned, runCard } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { objectMap } from '../object/map.js';
import { findCustom } from './find-custom.js';
import { sortCustom } from './sort-custom.js';
import { uniqueCustom } from './unique-custom.js';

const FLOW = new FakeFlow();

/** Calls `verdict` per item and remembers which items came. */
function calling(verdict: (item: Value) => FlowResult, seen: unknown[], wait = false) {
  return fakeContext({
    call: (_flow, options) => {
      seen.push([options?.item, options?.index]);
      const result = verdict(options?.item ?? null);
      return wait ? Promise.resolve(result) : result;
    },
  });
}

test('Find Custom stops at the first true result, at once or after waiting', async () => {
  for (const wait of [false, true]) {
    const seen: unknown[] = [];
    const ctx = calling((item) => returned({ odd: Number(item) % 2 === 1 }), seen, wait);
    assert.equal(await runCard(findCustom, { list: [2, 7, 3], flow: FLOW }, ctx), { item: 7, index: 1 });
    assert.equal(seen, [
      [2, 0],
      [7, 1],
    ]);
  }
});

test('Find Custom: none, no list, and stopped flows', async () => {
  const no = calling(() => returned({ output: 'false' }), []);
  assert.equal(await runCard(findCustom, { list: [1, 2], flow: FLOW }, no), { item: null, index: -1 });
  assert.equal(await runCard(findCustom, { list: null, flow: FLOW }, no), { item: null, index: -1 });
  const stopped = calling(() => returned({ message: 'yes' }, 'stop'), []);
  assert.equal(await runCard(findCustom, { list: [1], flow: FLOW }, stopped), { item: null, index: -1 });
});

test('Find Custom over many items that do not wait needs no stack', async () => {
  const list = Array.from({ length: 200_000 }, (_, index) => index);
  const ctx = calling((item) => returned({ last: item === 199_999 }), []);
  assert.equal(await runCard(findCustom, { list, flow: FLOW }, ctx), { item: 199_999, index: 199_999 });
});

test('Sort Custom sorts by results: stable, stopped flows last', async () => {
  const ctx = fakeContext(
    callingEach((item) =>
      item === 'stop' ? returned({ message: '0' }, 'stop') : returned({ n: String(item).length }),
    ),
  );
  const list = ['ccc', 'stop', 'a', 'bb', 'b'];
  assert.equal(await runCard(sortCustom, { list, flow: FLOW }, ctx), { list: ['a', 'b', 'bb', 'ccc', 'stop'] });
  assert.equal(await runCard(sortCustom, { list: null, flow: FLOW }, ctx), { list: [] });
});

test('Unique Custom keeps the first item of each result, compared by content', async () => {
  const ctx = fakeContext(callingEach((item) => returned({ a: Number(item) % 2, b: [1] })));
  assert.equal(await runCard(uniqueCustom, { list: [1, 2, 3, 4], flow: FLOW }, ctx), { list: [1, 2] });
  assert.equal(await runCard(uniqueCustom, { list: null, flow: FLOW }, ctx), { list: [] });
});

test('they ask for no more calls at a time than they are given', async () => {
  const log: unknown[] = [];
  const ctx = fakeContext(callingEach(() => returned({ a: 1 }), log));
  await runCard(sortCustom, { list: [1], flow: FLOW, concurrency: 7 }, ctx);
  await runCard(uniqueCustom, { list: [1], flow: FLOW, concurrency: 0 }, ctx);
  await runCard(objectMap, { object: { a: 1 }, flow: FLOW }, ctx);
  const asked = log.map((options) => (options as { concurrency: number }).concurrency);
  assert.equal(asked, [7, 1, 5]);
});

test('Object Map builds an object of the keys and values that come back', async () => {
  const ctx = fakeContext(
    callingEach((item) => {
      const { key, value } = isPlainObject(item) ? item : {};
      if (key === 'none') return returned({});
      if (key === 'stop') return returned({ key: 'x', value: 1 }, 'stop');
      if (key === 'number') return returned({ key: 12, value: null });
      return returned({ key: value ?? null, value: key ?? null });
    }),
  );
  const object = { up: 'down', none: 1, stop: 2, number: 3, left: 'down' };
  assert.equal(await runCard(objectMap, { object, flow: FLOW }, ctx), { output: { down: 'left', 12: null } });
  assert.equal(await runCard(objectMap, { object: null, flow: FLOW }, ctx), { output: {} });
});

test.run();
