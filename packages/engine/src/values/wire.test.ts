import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ConversionError } from '../errors.js';
import {
  decodeValue,
  deepFreeze,
  EMPTY_OBJECT,
  emptyValue,
  encodeValue,
  FIELD_TYPES,
  FileRef,
  FlowRef,
  parseJsonText,
  safeObject,
  toJsonText,
  typeOf,
  type Value,
} from './index.js';

class Flow extends FlowRef {
  readonly id = 'f';
  readonly name = 'F';
}

function isConversion(error: unknown): boolean {
  return error instanceof ConversionError && error.code === 'conversion';
}

test('what JSON cannot say gets a tag, and what looks like a tag is escaped', () => {
  const cases: readonly (readonly [Value, unknown])[] = [
    [{ at: new Date(0) }, { at: { $date: '1970-01-01T00:00:00.000Z' } }],
    [new FileRef('1', 'a', 2, 'b/c'), { $file: { id: '1', name: 'a', size: 2, mediaType: 'b/c' } }],
    [{ $date: 'x' }, { $object: { $date: 'x' } }],
    [{ $object: 1 }, { $object: { $object: 1 } }],
    [
      { $date: 1, more: 2 },
      { $date: 1, more: 2 },
    ],
    [-0, { $number: '-0' }],
    [Number.NaN, { $number: 'NaN' }],
    [new Flow(), { $flow: { id: 'f', name: 'F' } }],
  ];
  for (const [value, json] of cases) assert.equal(encodeValue(value), json);
  assert.ok(Object.is(decodeValue(encodeValue(-0)), -0));
  assert.ok(Number.isNaN(decodeValue(encodeValue(Number.NaN))));
});

test('a flow reference needs somebody who knows the flows', () => {
  const flow = new Flow();
  const json = encodeValue([flow]);
  assert.equal(decodeValue(json, { flow: (id) => (id === 'f' ? flow : assert.unreachable()) as FlowRef }), [flow]);
  assert.throws(() => decodeValue(json), isConversion);
});

test('plain data is not copied, and nothing is changed', () => {
  const value = deepFreeze({ a: [1, { b: 'c' }] });
  assert.is(encodeValue(value), value);
  assert.is(decodeValue(value), value);
  const mixed = deepFreeze({ plain: { a: 1 }, dated: [new Date(1)] });
  const json = deepFreeze(encodeValue(mixed));
  assert.is((json as { plain: unknown }).plain, mixed.plain);
  assert.equal(decodeValue(json), mixed);
});

test('keys keep their order, and __proto__ stays a key', () => {
  const value = safeObject([
    ['z', 1],
    ['__proto__', new Date(0)],
    ['a', new Date(1)],
  ]);
  const back = decodeValue(JSON.parse(JSON.stringify(encodeValue(value))));
  assert.equal(Object.keys(back as object), ['z', '__proto__', 'a']);
  assert.is(Object.getPrototypeOf(back), Object.prototype);
});

test('a malformed encoding is refused', () => {
  const faulty: unknown[] = [
    { $date: 'soon' },
    { $date: 1 },
    { $number: '1' },
    { $file: null },
    { $file: { id: 1 } },
    { $file: { id: '1', name: 'a', size: '2', mediaType: null } },
    { $object: [] },
    { $flow: 'f' },
    { $flow: null },
    { $flow: { name: 'F' } },
    { $flow: { id: 1, name: 'F' } },
    { $file: { id: '1', name: 1, size: null, mediaType: null } },
    { $file: { id: '1', name: 'a', size: null, mediaType: 1 } },
    undefined,
    new Map(),
    () => 1,
  ];
  const flow = () => new Flow();
  for (const json of faulty) assert.throws(() => decodeValue(json, { flow }), isConversion, JSON.stringify(json));
});

test('what is no value, is too deep, shares too much or contains itself is refused', () => {
  const cycle: Value[] = [];
  cycle.push(cycle);
  let deep: Value = 1;
  for (let level = 0; level < 100_000; level++) deep = { deep };
  // As a host without types might hand in.
  const foreign = new Map() as unknown as Value;
  for (const value of [cycle, deep, foreign, new Date(Number.NaN)]) {
    assert.throws(() => encodeValue(value), isConversion);
  }
  assert.throws(() => decodeValue(cycle), isConversion);
  assert.throws(() => decodeValue(deep), isConversion);
  let shared: Value = 'x';
  for (let level = 0; level < 100; level++) shared = [shared, shared];
  for (const value of [cycle, deep, foreign, shared]) assert.throws(() => toJsonText(value, 100_000), isConversion);
});

test('JSON text of values', () => {
  const cases: readonly (readonly [Value | undefined, string])[] = [
    [null, 'null'],
    [undefined, 'null'],
    ['a"b', '"a\\"b"'],
    [1.5, '1.5'],
    [Number.NaN, 'null'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
    [new FileRef('f1', 'a'), '"f1"'],
    [{ file: new FileRef('f1', 'a'), list: [1, null] }, '{"file":"f1","list":[1,null]}'],
  ];
  for (const [value, text] of cases) assert.is(toJsonText(value), text);
  assert.throws(() => toJsonText(new Flow()), isConversion);
  assert.throws(() => toJsonText('\n'.repeat(60), 100), isConversion);
});

test('JSON text is read, or refused without showing it', () => {
  assert.equal(parseJsonText(' {"a":[1]} '), { a: [1] });
  for (const text of ['', '{hunter2', '[1e999]', '['.repeat(100_000), `${'['.repeat(2000)}${']'.repeat(2000)}`]) {
    assert.throws(
      () => parseJsonText(text),
      (error: unknown) => isConversion(error) && !String(error).includes('hunter2'),
    );
  }
});

test('empty values are shared and frozen', () => {
  const empty = FIELD_TYPES.map((type) => emptyValue({ type }));
  assert.equal(empty, ['', 0, false, null, {}, null, null, null]);
  for (const type of FIELD_TYPES) {
    const list = emptyValue({ type, list: true });
    assert.equal(list, []);
    assert.ok(Object.isFrozen(list));
  }
  assert.is(emptyValue({ type: 'object' }), EMPTY_OBJECT);
  assert.ok(Object.isFrozen(EMPTY_OBJECT));
});

test('types of values', () => {
  const cases: readonly (readonly [unknown, string])[] = [
    [null, 'null'],
    [undefined, 'null'],
    ['', 'text'],
    [Number.NaN, 'number'],
    [false, 'boolean'],
    [new Date(), 'date'],
    [[], 'list'],
    [{}, 'object'],
    [Object.create(null), 'object'],
    [new FileRef('1', 'a'), 'file'],
    [new Flow(), 'flow'],
    [new Map(), 'any'],
    [new Error('x'), 'any'],
    [() => 1, 'any'],
    [1n, 'any'],
  ];
  for (const [value, type] of cases) assert.is(typeOf(value), type);
});

test('what is not there is null, at the top and inside', () => {
  const absent = undefined as unknown as Value; // what a card in JavaScript gives
  assert.is(encodeValue(absent), null);
  assert.equal(encodeValue([absent]), [null]);
  assert.equal(encodeValue({ a: absent }), { a: null });
});

test('freezing leaves alone what is no data: a file, a flow, a date', () => {
  const [file, flow, date] = [new FileRef('1', 'a'), new Flow(), new Date(0)];
  const frozen = new Set([file, flow, date].filter((each) => Object.isFrozen(each)));
  deepFreeze({ all: [file, flow, date] });
  for (const each of [file, flow, date]) assert.is(Object.isFrozen(each), frozen.has(each), each.constructor.name);
});

test('freezing reaches every part, also behind frozen ones and in cycles', () => {
  const inner = { a: [1] };
  const value: { inner: unknown; self?: unknown } = { inner: Object.freeze([inner]) };
  value.self = value;
  deepFreeze(value);
  for (const part of [value, inner, inner.a]) assert.ok(Object.isFrozen(part));
});

test.run();
