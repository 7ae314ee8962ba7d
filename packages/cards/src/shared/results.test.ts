import type { FlowResult } from '@flowdeck/engine';
import { returned } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { elementOf, nextMemo } from './results.js';

const elementsAs = (type: 'any' | 'object') => elementOf([{ key: 'new list', type, list: true }], 'new list');
const asObject = (result: FlowResult) => {
  const made = elementsAs('object');
  return typeof made === 'function' ? made(result) : undefined;
};

test('an element is the value of a result, unless it is declared an object', () => {
  assert.is(elementsAs('any'), 'values');
  assert.type(elementsAs('object'), 'function');
});

test('an element declared object is the whole result, even of one field', () => {
  assert.equal(asObject(returned({ formattedRow: 'x' })), { formattedRow: 'x' });
});

test('a stopped flow gives null where an object is declared', () => {
  assert.is(asObject(returned({ message: 'skipped' }, 'stop')), null);
});

test('the next memo is a single field, whatever its name', () => {
  assert.is(nextMemo(1, returned({ output: 2 })), 2);
  assert.equal(nextMemo({ max: 1 }, returned({ memo: { max: 2 } })), { max: 2 });
  assert.equal(nextMemo({ max: 1 }, returned({ output: { max: 2 } })), { max: 2 });
  assert.is(nextMemo({ max: 1 }, returned({ memo: null })), null, 'a field named memo is always the memo itself');
});

test('an object memo comes back as one field per key, also when it has one key', () => {
  assert.equal(nextMemo({ a: 1, b: 1 }, returned({ a: 2, b: 3 })), { a: 2, b: 3 });
  assert.equal(nextMemo({ count: 1 }, returned({ count: 2 })), { count: 2 });
});

test('a stopped flow keeps the memo, unless it gave a message', () => {
  assert.is(nextMemo(7, returned({ message: null }, 'stop')), 7);
  assert.is(nextMemo(7, returned({ message: 'over' }, 'stop')), 'over');
});

test.run();
