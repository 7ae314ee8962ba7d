/** The cards that call a flow per item, against a context that calls a function instead. */
import type { FlowResult, Value } from '@flowdeck/engine';
import { callingEach, FakeFlow, fakeContext, returned, runCard } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { mapToList } from '../object/map-to-list.js';
import { filterCustom } from './filter-custom.js';
import { listForEach } from './for-each.js';
import { forEachIgnoreErrors } from './for-each-ignore-errors.js';
import { listMap } from './map.js';
import { reduce } from './reduce.js';

const FLOW = new FakeFlow();

test('For Each calls per item with the concurrency asked for, keeps nothing and has no outputs', () => {
  const log: unknown[] = [];
  const seen: Value[] = [];
  const ctx = fakeContext(
    callingEach((item) => {
      seen.push(item);
      return returned({ a: 1 });
    }, log),
  );
  assert.is(runCard(listForEach, { list: ['a', 'b'], flow: FLOW, concurrency: 3 }, ctx), undefined);
  assert.is(runCard(forEachIgnoreErrors, { list: ['c'], flow: FLOW }, ctx), undefined);
  assert.equal(seen, ['a', 'b', 'c']);
  assert.equal(log, [
    { concurrency: 3, collect: 'none' },
    { concurrency: 1, collect: 'none', onError: 'ignore' },
  ]);
});

test('null is an empty list for each of them', () => {
  const ctx = fakeContext(callingEach(() => returned({})));
  assert.is(runCard(listForEach, { list: null, flow: FLOW }, ctx), undefined);
  assert.equal(runCard(listMap, { list: null, flow: FLOW }, ctx), { 'new list': [] });
  assert.equal(runCard(filterCustom, { list: null, flow: FLOW }, ctx), { list: [] });
  assert.equal(runCard(reduce, { list: null, memo: 5, flow: FLOW }, ctx), { item: 5 });
  assert.equal(runCard(mapToList, { object: null, flow: FLOW }, ctx), { 'new list': [] });
});

test('Map gives bare values, or whole results where a list of objects is declared', () => {
  const ctx = fakeContext(callingEach((item) => returned({ text: String(item) })));
  assert.equal(runCard(listMap, { list: [1, 2], flow: FLOW }, ctx), { 'new list': ['1', '2'] });
  const outputs = [{ key: 'new list', type: 'object', list: true }] as const;
  assert.equal(runCard(listMap, { list: [1, 2], flow: FLOW }, { ...ctx, outputs }), {
    'new list': [{ text: '1' }, { text: '2' }],
  });
});

test('Map waits for results that have to be waited for', async () => {
  const ctx = fakeContext({ callEach: async (_flow, items) => items.map((item) => Number(item) * 2) });
  assert.equal(await runCard(listMap, { list: [1, 2], flow: FLOW }, ctx), { 'new list': [2, 4] });
});

test('Filter Custom keeps the items with a true verdict; a stopped flow has none, whatever its message', () => {
  const verdicts: FlowResult[] = [
    returned({ output: true }),
    returned({ valid: 'false' }),
    returned({ output: 1 }),
    returned({ message: 'yes' }, 'stop'),
    returned({ output: null }),
  ];
  const ctx = fakeContext(callingEach((_item, index) => verdicts[index] ?? returned({})));
  assert.equal(runCard(filterCustom, { list: ['a', 'b', 'c', 'd', 'e'], flow: FLOW }, ctx), { list: ['a', 'c'] });
});

/** Reduces with a flow that adds the item to the memo; odd items may wait. */
function adding(waits: boolean) {
  const calls: unknown[] = [];
  const ctx = fakeContext({
    call: (_flow, options) => {
      calls.push(options);
      const item = Number(options?.item);
      const result = returned({ sum: Number(options?.inputs?.['memo']) + item });
      return waits && item % 2 === 1 ? Promise.resolve(result) : result;
    },
  });
  return { calls, ctx };
}

test('Reduce hands the memo from call to call, in order', async () => {
  for (const waits of [false, true]) {
    const { calls, ctx } = adding(waits);
    assert.equal(await runCard(reduce, { list: [1, 2, 3], memo: 10, flow: FLOW }, ctx), { item: 16 });
    assert.equal(calls, [
      { item: 1, index: 0, inputs: { memo: 10 } },
      { item: 2, index: 1, inputs: { memo: 11 } },
      { item: 3, index: 2, inputs: { memo: 13 } },
    ]);
  }
});

test('Map to List calls with {key, value}, in the order of the keys', () => {
  const ctx = fakeContext(callingEach((item) => returned({ a: item, b: 1 })));
  assert.equal(runCard(mapToList, { object: { up: 'down', this: 'that' }, flow: FLOW }, ctx), {
    'new list': [
      { a: { key: 'up', value: 'down' }, b: 1 },
      { a: { key: 'this', value: 'that' }, b: 1 },
    ],
  });
});

test.run();
