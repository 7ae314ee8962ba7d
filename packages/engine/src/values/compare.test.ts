import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ConversionError, RunError } from '../errors.js';
import { comparator, compare, deepEqual, FileRef, isEmpty, OPERATORS, truthy, type Value } from './index.js';

const DATE = new Date('2024-05-01T09:00:00.000Z');
const LATER = new Date('2024-05-02T09:00:00.000Z');

const CASES: readonly (readonly [a: Value | undefined, operator: string, b: Value | undefined, expected: boolean])[] = [
  [null, '==', null, true],
  [undefined, '==', null, true],
  [null, '==', '', true],
  [null, '==', 'null', true],
  ['null', '==', null, true],
  ['a', '!=', 'null', true],
  [null, '!=', 'null', false],
  [null, '==', 0, false],
  [null, '==', false, false],
  [null, '==', [], false],
  [1, '==', 1, true],
  [0, '==', '0', true],
  [0, '==', '', false],
  [0, '==', ' ', false],
  [12, '==', ' 12.0 ', true],
  [12, '==', 'twelve', false],
  // Digits that no number keeps: read as numbers, all of them would be 2^53.
  [2 ** 53, '==', '9007199254740992', true],
  [2 ** 53, '==', '9007199254740993', false],
  ['9007199254740993', '!=', 2 ** 53, true],
  ['9007199254740993', '>', 2 ** 53, true],
  ['9007199254740993', '<=', 2 ** 53, false],
  [2 ** 53, '<', '9007199254740993', true],
  ['-9007199254740993', '<', -(2 ** 53), true],
  ['9007199254740993', '%', 2, false],
  ['9007199254740993', '%', 3, true],
  ['9007199254740993', '%', 0, false],
  ['9007199254740993', '%', 0.5, true],
  [2 ** 53, 'in', ['9007199254740993'], false],
  ['1', '==', '1.0', false],
  ['a', '==', 'A', false],
  [true, '==', 'TRUE', true],
  [false, '==', 'true', false],
  ['true', '==', true, true],
  [true, '==', 1, true],
  [true, '==', 2, false],
  [false, '==', 0, true],
  [1, '==', true, true],
  [0, '==', false, true],
  [0, '==', true, false],
  [true, '==', '1', false],
  [1, '==', 'true', false],
  [[true], '==', true, false],
  [true, '==', [true], false],
  [true, '==', {}, false],
  [new Date(1), '==', true, false],
  [true, '==', new Date(1), false],
  [new Date(1), '==', 1, true],
  [false, '==', null, false],
  [false, '==', '', false],
  [true, '>', 0, true],
  [1, '>', true, false],
  [true, '<', '2', true],
  [DATE, '==', new Date(DATE), true],
  [DATE, '==', LATER, false],
  [DATE, '==', '2024-05-01T11:00:00+02:00', true],
  ['5/1/2024 9:00', '==', DATE, true],
  [DATE, '==', 'soon', false],
  [DATE, '==', DATE.getTime(), true],
  [DATE, '==', true, false],
  [['asn', 'user_agent'], '==', ['asn', 'user_agent'], true],
  [['a', 'b'], '==', ['b', 'a'], false],
  [{ a: 1, b: [DATE] }, '==', { b: [new Date(DATE)], a: 1 }, true],
  [{ a: 1 }, '==', { a: '1' }, false],
  [{ a: 1 }, '==', { a: 1, b: 2 }, false],
  [{ a: 1 }, '==', { b: 1 }, false],
  [{ a: 1 }, '==', '{"a":1}', true],
  ['[1,2]', '==', [1, 2], true],
  [{ a: 1 }, '!=', { a: 2 }, true],
  [[], '==', {}, false],
  [[0], '==', 0, false],
  [new FileRef('1', 'a'), '==', new FileRef('1', 'b'), true],
  [new FileRef('1', 'a'), '==', '1', true],
  [80, '>', 9, true],
  ['80', '>', '9', false],
  ['80', '>', 9, true],
  [80, '>', '9', true],
  ['b', '>', 'a', true],
  ['B', '<', 'a', true],
  ['a', '>=', 'a', true],
  [1, '>=', 1, true],
  [1, '<=', 2, true],
  [2, '<', 1, false],
  [DATE, '<', LATER, true],
  [DATE, '>=', '2024-05-01', true],
  ['2024-05-03', '>', LATER, true],
  [DATE, '<', 'soon', false],
  [DATE, '>=', 'soon', false],
  [null, '<', 1, false],
  [null, '>=', null, false],
  ['', '<', 1, false],
  [{}, '<', 1, false],
  [[1], '<=', 1, false],
  [true, '>', false, true],
  [12, '%', 4, true],
  [0, '%', 4, true],
  [-4, '%', 4, true],
  [2, '%', 4, false],
  [3, '%', 4, false],
  [7, '%', 4, false],
  ['12', '%', '4', true],
  [4, '%', 0, false],
  [null, '%', 4, false],
  // A text with a date in it is no number, though a date would be.
  ['2024-05-01T09:00:00.000Z', '%', 1000, false],
  [1000, '%', '1970-01-01T00:00:00.500Z', false],
  ['test', 'in', 'this is a test', true],
  ['i', 'in', 'team', false],
  ['i', 'not in', 'team', true],
  ['No-code Builders', 'in', 'No-code', false],
  [2, 'in', 'a2b', true],
  [true, 'in', 'is true', true],
  [DATE, 'in', 'on 2024-05-01T09:00:00.000Z', true],
  [null, 'in', 'null', false],
  ['2', 'in', [1, 2], true],
  [null, 'in', [1, null], true],
  [{ a: 1 }, 'in', [{ a: 1 }], true],
  ['x', 'in', [], false],
  ['a', 'in', { a: 1 }, false],
  ['a', 'in', null, false],
  [{ test: 123 }, 'has', 'test', true],
  [{ test: null }, 'has', 'test', true],
  [{ test: 123 }, 'has', 'toString', false],
  [{ test: 123 }, 'has', '__proto__', false],
  [{ 1: 'a' }, 'has', 1, true],
  [['a'], 'has', '0', false],
  [{ test: 123 }, "doesn't have", 'other', true],
  [null, "doesn't have", 'other', true],
  [null, 'is empty', undefined, true],
  ['', 'is empty', 'x', true],
  [' ', 'is empty', null, false],
  [[], 'is empty', null, true],
  [{}, 'is empty', null, true],
  [0, 'is empty', null, false],
  [false, 'is empty', null, false],
  [DATE, 'is empty', null, false],
  ['a', 'is not empty', null, true],
  [[null], 'is not empty', null, true],
  [null, 'is not empty', null, false],
  [1, '===', 1, true],
  [1, '===', '1', false],
  [null, '===', '', false],
  [null, '===', null, true],
  [undefined, '===', null, true],
  [DATE, '===', new Date(DATE), true],
  [DATE, '===', DATE.getTime(), false],
  [{ a: [1] }, '===', { a: [1] }, true],
  [1, '!==', '1', true],
  ['a', '!==', 'a', false],
];
for (const [a, operator, b, expected] of CASES) {
  test(`${JSON.stringify(a)} ${operator} ${JSON.stringify(b)} is ${expected}`, () => {
    assert.is(compare(a, operator, b), expected);
    assert.is(comparator(operator)(a, b), expected);
  });
}

test('the table has fifteen operators, offered as the cards do', () => {
  const offered = (use: 'compare' | 'find' | 'filter') =>
    OPERATORS.filter((info) => info.offeredBy.includes(use)).map((info) => info.operator);
  const first = OPERATORS.slice(0, 11).map((info) => info.operator);
  assert.is(OPERATORS.length, 15);
  assert.equal(offered('filter').length, 15);
  assert.equal(offered('find'), [...first, '===', '!==']);
  assert.equal(offered('compare'), [...first, 'is empty', 'is not empty']);
  for (const { operator } of OPERATORS) assert.is(comparator(operator), comparator(operator));
});

test('an unknown operator is refused with the known ones', () => {
  for (const operator of ['=', '', 'toString', '__proto__', 'constructor', 'x'.repeat(10_000)]) {
    try {
      compare(1, operator, 1);
      assert.unreachable();
    } catch (error) {
      assert.instance(error, RunError);
      if (!(error instanceof RunError)) return;
      assert.is(error.code, 'unknown-operator');
      assert.match(error.hint ?? '', /doesn't have/);
      assert.ok(error.message.length < 100);
    }
  }
});

test('values that share parts are compared in linear time', () => {
  const shared = (leaf: Value): Value => {
    let value = leaf;
    for (let level = 0; level < 200; level++) value = { a: value, b: [value, value] };
    return value;
  };
  assert.is(deepEqual(shared(1), shared(1)), true);
  assert.is(deepEqual(shared(1), shared(2)), false);
});

test('deep and cyclic values end in a documented error', () => {
  const nested = (levels: number): Value => {
    let value: Value = 1;
    for (let level = 0; level < levels; level++) value = [value];
    return value;
  };
  assert.is(deepEqual(nested(1000), nested(1000)), true);
  assert.throws(() => deepEqual(nested(100_000), nested(100_000)), isConversion);
  const cycle = (): Value => {
    const list: Value[] = [];
    list.push(list);
    return list;
  };
  assert.throws(() => deepEqual(cycle(), cycle()), isConversion);
  assert.throws(() => compare(cycle(), '==', 'x'), isConversion);
});

function isConversion(error: unknown): boolean {
  return error instanceof ConversionError && error.code === 'conversion' && error.hint !== undefined;
}

test('a long list is compared item by item', () => {
  const list = Array.from({ length: 5000 }, (_, index) => ({ index }));
  const other = structuredClone(list);
  assert.is(deepEqual(list, other), true);
  other[4999] = { index: -1 };
  assert.is(deepEqual(list, other), false);
});

test('truth', () => {
  const truths: Value[] = [true, 1, -1, 'a', '', ' ', 'true', '0', [], {}, [false], DATE, new FileRef('1', 'a')];
  const untruths: (Value | undefined)[] = [null, undefined, false, 0, 'false', 'FALSE', new Date(0)];
  for (const value of truths) assert.is(truthy(value), true, JSON.stringify(value));
  for (const value of untruths) assert.is(truthy(value), false, JSON.stringify(value));
});

test('objects without prototype can be empty too', () => {
  assert.is(isEmpty(Object.create(null)), true);
  assert.is(isEmpty(new FileRef('1', 'a')), false);
});

test.run();
