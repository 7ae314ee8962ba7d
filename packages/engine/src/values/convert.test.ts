import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ConversionError, RunError } from '../errors.js';
import {
  CONVERSION_NAMES,
  converter,
  EMPTY_LIST,
  FIELD_TYPES,
  type FieldType,
  FileRef,
  FlowRef,
  namedConversion,
  safeObject,
  type TypeRef,
  wireConverter,
} from './index.js';

class Flow extends FlowRef {
  readonly id = 'f';
  readonly name = 'F';
}

const ERROR = Symbol('conversion error');
const DATE = new Date('2024-05-01T09:00:00.000Z');
const FILE = new FileRef('file-1', 'a.txt');
const FLOW = new Flow();
const OBJECT = { a: 1, on: DATE };
const BARE: object = Object.create(null);
const OBJECT_TEXT = '{"a":1,"on":"2024-05-01T09:00:00.000Z"}';

/** Rows: a value, then what it becomes as each of the types. */
const COLUMNS = ['text', 'number', 'boolean', 'date', 'object', 'file', 'flow'] as const;
const TABLE: readonly (readonly unknown[])[] = [
  [null, null, null, null, null, null, null, null],
  [undefined, null, null, null, null, null, null, null],
  ['', '', null, null, null, null, null, null],
  ['  ', '  ', null, true, null, null, ERROR, ERROR],
  ['potato', 'potato', ERROR, true, ERROR, ERROR, ERROR, ERROR],
  [' 10 ', ' 10 ', 10, true, ERROR, ERROR, ERROR, ERROR],
  ['-1.5e3', '-1.5e3', -1500, true, ERROR, ERROR, ERROR, ERROR],
  ['Infinity', 'Infinity', ERROR, true, ERROR, ERROR, ERROR, ERROR],
  ['1e400', '1e400', ERROR, true, ERROR, ERROR, ERROR, ERROR],
  ['9007199254740991', '9007199254740991', 9007199254740991, true, ERROR, ERROR, ERROR, ERROR],
  ['9007199254740993', '9007199254740993', ERROR, true, ERROR, ERROR, ERROR, ERROR],
  ['-9007199254740993', '-9007199254740993', ERROR, true, ERROR, ERROR, ERROR, ERROR],
  ['+09007199254740993.00', '+09007199254740993.00', ERROR, true, ERROR, ERROR, ERROR, ERROR],
  ['0x20000000000001', '0x20000000000001', ERROR, true, ERROR, ERROR, ERROR, ERROR],
  // A double that holds them, and a measure.
  ['9007199254740994', '9007199254740994', 9007199254740994, true, ERROR, ERROR, ERROR, ERROR],
  ['12345678901234567000', '12345678901234567000', 12345678901234567000, true, ERROR, ERROR, ERROR, ERROR],
  ['9007199254740992.5', '9007199254740992.5', 9007199254740992, true, ERROR, ERROR, ERROR, ERROR],
  ['1.2345678901234567891e30', '1.2345678901234567891e30', 1.2345678901234568e30, true, ERROR, ERROR, ERROR, ERROR],
  ['FALSE', 'FALSE', ERROR, false, ERROR, ERROR, ERROR, ERROR],
  ['True', 'True', ERROR, true, ERROR, ERROR, ERROR, ERROR],
  ['2024-05-01T11:00:00+02:00', '2024-05-01T11:00:00+02:00', ERROR, true, DATE, ERROR, ERROR, ERROR],
  [' {"a":1}', ' {"a":1}', ERROR, true, ERROR, { a: 1 }, ERROR, ERROR],
  ['{"a":', '{"a":', ERROR, true, ERROR, ERROR, ERROR, ERROR],
  ['{"a":1e400}', '{"a":1e400}', ERROR, true, ERROR, ERROR, ERROR, ERROR],
  ['[{}]', '[{}]', ERROR, true, ERROR, ERROR, ERROR, ERROR],
  [0, '0', 0, false, new Date(0), ERROR, ERROR, ERROR],
  [-2.5, '-2.5', -2.5, true, new Date(-2), ERROR, ERROR, ERROR],
  [9e15, '9000000000000000', 9e15, true, ERROR, ERROR, ERROR, ERROR],
  [Number.NaN, ERROR, ERROR, ERROR, ERROR, ERROR, ERROR, ERROR],
  [Number.POSITIVE_INFINITY, ERROR, ERROR, true, ERROR, ERROR, ERROR, ERROR],
  [true, 'true', 1, true, ERROR, ERROR, ERROR, ERROR],
  [false, 'false', 0, false, ERROR, ERROR, ERROR, ERROR],
  [DATE, '2024-05-01T09:00:00.000Z', DATE.getTime(), ERROR, DATE, ERROR, ERROR, ERROR],
  [new Date(Number.NaN), ERROR, ERROR, ERROR, ERROR, ERROR, ERROR, ERROR],
  [OBJECT, OBJECT_TEXT, ERROR, ERROR, ERROR, OBJECT, ERROR, ERROR],
  [BARE, '{}', ERROR, ERROR, ERROR, BARE, ERROR, ERROR],
  [[], '[]', ERROR, ERROR, ERROR, ERROR, ERROR, ERROR],
  [[1, 'a'], '[1,"a"]', ERROR, ERROR, ERROR, ERROR, ERROR, ERROR],
  [[OBJECT], `[${OBJECT_TEXT}]`, ERROR, ERROR, ERROR, OBJECT, ERROR, ERROR],
  [[[OBJECT]], `[[${OBJECT_TEXT}]]`, ERROR, ERROR, ERROR, ERROR, ERROR, ERROR],
  [[OBJECT, OBJECT], `[${OBJECT_TEXT},${OBJECT_TEXT}]`, ERROR, ERROR, ERROR, ERROR, ERROR, ERROR],
  [FILE, 'file-1', ERROR, ERROR, ERROR, ERROR, FILE, ERROR],
  [FLOW, ERROR, ERROR, ERROR, ERROR, ERROR, ERROR, FLOW],
  [new Map(), ERROR, ERROR, ERROR, ERROR, ERROR, ERROR, ERROR],
  [() => 1, ERROR, ERROR, ERROR, ERROR, ERROR, ERROR, ERROR],
  [1n, ERROR, ERROR, ERROR, ERROR, ERROR, ERROR, ERROR],
  [Symbol('s'), ERROR, ERROR, ERROR, ERROR, ERROR, ERROR, ERROR],
];

function attempt(convert: (value: unknown) => unknown, value: unknown): unknown {
  try {
    return convert(value);
  } catch (error) {
    assert.instance(error, ConversionError);
    return ERROR;
  }
}

for (const [value, ...expected] of TABLE) {
  test(`${describe(value)} converts by the table`, () => {
    for (const [index, type] of COLUMNS.entries()) {
      assert.equal(attempt(converter({ type }), value), expected[index], type);
    }
    assert.ok(Object.is(converter({ type: 'any' })(value), value === undefined ? null : value));
  });
}

function describe(value: unknown): string {
  try {
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  } catch {
    return typeof value;
  }
}

const LISTS: readonly (readonly [FieldType, unknown, unknown])[] = [
  ['text', null, []],
  ['text', '', []],
  ['text', 'a', ['a']],
  ['text', '["a",1]', ['a', '1']],
  ['text', ' [1]', ['1']],
  ['text', '[draft] Offer', ['[draft] Offer']],
  ['number', 7, [7]],
  ['number', '7', [7]],
  ['number', ['1', null, 3], [1, null, 3]],
  ['number', ['1', 'x'], ERROR],
  ['number', [[1]], ERROR],
  ['boolean', true, [true]],
  ['date', DATE, [DATE]],
  ['object', OBJECT, [OBJECT]],
  ['object', '[{"a":1}]', [{ a: 1 }]],
  ['object', '{"a":1}', [{ a: 1 }]],
  ['object', 5, ERROR],
  ['file', FILE, [FILE]],
  ['flow', FLOW, [FLOW]],
  ['any', 'x', ['x']],
  ['any', [1, undefined], [1, null]],
];
for (const [type, value, expected] of LISTS) {
  test(`${describe(value)} becomes a list of ${type}`, () => {
    assert.equal(attempt(converter({ type, list: true }), value), expected);
  });
}

test('a converter is the same function every time', () => {
  for (const type of FIELD_TYPES) {
    assert.is(converter({ type }), converter({ type, list: false }));
    assert.is(converter({ type, list: true }), converter({ type, list: true }));
  }
});

test('what fits is not copied', () => {
  const list = Object.freeze(['a', null, 'b']);
  assert.is(converter({ type: 'text', list: true })(list), list);
  assert.is(converter({ type: 'object' })(OBJECT), OBJECT);
  assert.is(converter({ type: 'date' })(DATE), DATE);
  assert.is(converter({ type: 'text', list: true })(null), EMPTY_LIST);
  // A card that leaves an output out gives undefined, whatever its types say.
  assert.is(converter({ type: 'text', list: true })(undefined as unknown as null), EMPTY_LIST);
  const mixed = Object.freeze(['a', 1]);
  assert.equal(converter({ type: 'text', list: true })(mixed), ['a', '1']);
  assert.equal(mixed, ['a', 1]);
});

test('an error names the types and the item, has a hint, and never shows the value', () => {
  for (const [value, type] of [
    ['hunter2', 'number'],
    ['{"hunter2"', 'object'],
    ['hunter2', 'date'],
  ] as const) {
    try {
      converter({ type, list: true })(['', value]);
      assert.unreachable();
    } catch (error) {
      assert.instance(error, ConversionError);
      const text = JSON.stringify(error);
      assert.match(text, /"conversion"/);
      assert.match(text, /Item 1 of the list/);
      assert.match(text, /"hint"/);
      assert.not.match(text + String((error as Error).stack) + String((error as Error).cause), /hunter2/);
    }
  }
});

test('JSON text cannot change a prototype', () => {
  const parsed = converter({ type: 'object' })('{"__proto__":{"admin":true}}');
  assert.is(Object.getPrototypeOf(parsed), Object.prototype);
  assert.is((parsed as Record<string, unknown>).admin, undefined);
});

test('very deep and cyclic values are a documented error', () => {
  const deepText = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
  assert.is(attempt(converter({ type: 'object' }), deepText), ERROR);
  const cycle: unknown[] = [];
  cycle.push(cycle);
  assert.is(attempt(converter({ type: 'text' }), cycle), ERROR);
  assert.is(attempt(converter({ type: 'object' }), cycle), ERROR);
  assert.is(attempt(converter({ type: 'number', list: true }), cycle), ERROR);
});

const WIRES: readonly (readonly [from: string, to: string, expected: null | 'never' | 'converts'])[] = [
  ['text', 'text', null],
  ['number', 'any', null],
  ['text[]', 'any', null],
  ['any', 'any', null],
  ['object', 'object', null],
  ['text', 'number', 'converts'],
  ['text', 'object', 'converts'],
  ['text', 'object[]', 'converts'],
  ['any', 'number', 'converts'],
  ['any', 'text[]', 'converts'],
  ['number', 'number[]', 'converts'],
  ['text[]', 'text[]', 'converts'],
  ['any[]', 'object', 'converts'],
  ['object[]', 'object', 'converts'],
  ['text[]', 'text', 'converts'],
  ['object', 'text', 'converts'],
  ['number', 'date', 'converts'],
  ['number', 'object', 'never'],
  ['object', 'number', 'never'],
  ['boolean', 'date', 'never'],
  ['date', 'boolean', 'never'],
  ['number[]', 'object', 'never'],
  ['number[]', 'number', 'never'],
  ['any[]', 'number', 'never'],
  ['number[]', 'object[]', 'never'],
  ['number', 'object[]', 'never'],
  ['text', 'file', 'never'],
  ['flow', 'text', 'never'],
];
for (const [from, to, expected] of WIRES) {
  test(`a wire from ${from} to ${to}: ${expected ?? 'nothing to do'}`, () => {
    const found = wireConverter(ref(from), ref(to));
    assert.is(typeof found === 'function' ? 'converts' : found, expected);
  });
}

function ref(name: string): TypeRef {
  const list = name.endsWith('[]');
  const type = FIELD_TYPES.find((one) => one === (list ? name.slice(0, -2) : name));
  if (type === undefined) throw new Error(name);
  return { type, list };
}

test('between lists of one type only null changes', () => {
  const convert = wireConverter(ref('text[]'), ref('text[]'));
  assert.type(convert, 'function');
  if (typeof convert !== 'function') return;
  const list = ['a'];
  assert.is(convert(list), list);
  assert.is(convert(null), EMPTY_LIST);
});

const NAMED: readonly (readonly [name: string, force: boolean, value: unknown, expected: unknown])[] = [
  ['parse', false, '{"a":[1]}', { a: [1] }],
  ['parse', false, '', null],
  ['parse', false, null, null],
  ['parse', false, OBJECT, OBJECT],
  ['parse', false, 'no', ERROR],
  ['parse', true, '{"a":1}', [{ a: 1 }]],
  ['parse', true, '[{"a":1}]', [{ a: 1 }]],
  ['parse', true, null, []],
  ['parse', true, '', []],
  ['dateTime', false, '2024-05-01T09:00:00Z', DATE],
  ['dateTime', false, '', null],
  ['dateTime', false, null, null],
  ['dateTime', false, DATE, DATE],
  ['dateTime', false, 'soon', ERROR],
  ['wrapArray', false, 'a', ['a']],
  ['wrapArray', false, '[1]', ['[1]']],
  ['wrapArray', false, ['a'], ['a']],
  ['wrapArray', false, null, []],
  ['stringify', false, OBJECT, OBJECT_TEXT],
  ['stringify', false, ['a', 'b'], '["a","b"]'],
  ['stringify', false, 'acme.com', 'acme.com'],
  ['stringify', false, null, null],
  ['stringify', true, OBJECT, [OBJECT_TEXT]],
  ['stringify', true, ['a'], ['a']],
  ['toString', false, 12.5, '12.5'],
  ['toString', false, null, null],
  ['parseFloat', false, '12.5px', 12.5],
  ['parseFloat', false, 3, 3],
  ['parseFloat', false, '', null],
  ['parseFloat', false, null, null],
  ['parseFloat', false, 'px', ERROR],
  ['parseFloat', false, '-9007199254740992px', -9007199254740992],
  ['parseFloat', false, ' 9007199254740993px', ERROR],
  ['parseFloat', false, '9007199254740993e2 ', Number('9007199254740993e2')],
  ['parseFloat', false, 'Infinity', ERROR],
  ['isoString', false, DATE, '2024-05-01T09:00:00.000Z'],
  ['isoString', false, 'text', 'text'],
  ['booleanToString', false, true, 'true'],
  ['booleanToString', false, false, 'false'],
];
for (const [name, force, value, expected] of NAMED) {
  test(`${name}${force ? ' with forceWrapArray' : ''} of ${describe(value)}`, () => {
    assert.equal(attempt(namedConversion(name, force), value), expected);
  });
}

test('named conversions are constants; other names are refused with the known ones', () => {
  for (const name of CONVERSION_NAMES) {
    assert.is(namedConversion(name, true), namedConversion(name, true));
  }
  for (const name of ['nope', 'constructor', '__proto__', 'hasOwnProperty']) {
    assert.throws(
      () => namedConversion(name, false),
      (error: unknown) =>
        error instanceof RunError && error.code === 'unknown-conversion' && /wrapArray/.test(error.hint ?? ''),
    );
  }
});

test('an object with the key __proto__ survives stringify and parse', () => {
  const object = safeObject([['__proto__', 1]]);
  const text = namedConversion('stringify', false)(object);
  assert.is(text, '{"__proto__":1}');
  assert.equal(Object.keys(namedConversion('parse', false)(text) as object), ['__proto__']);
});

test.run();
