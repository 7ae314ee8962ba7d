import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ConversionError } from '../errors.js';
import {
  compare,
  converter,
  decodeValue,
  deepEqual,
  encodeValue,
  FIELD_TYPES,
  FileRef,
  FlowRef,
  formatPointer,
  getPath,
  parseJsonText,
  parsePath,
  parsePointer,
  pathReader,
  pointerReader,
  readPointer,
  removePath,
  safeObject,
  setPath,
  type TypeRef,
  toJsonText,
  truthy,
  type Value,
  wireConverter,
} from './index.js';

class Flow extends FlowRef {
  readonly id = 'f';
  readonly name = 'F';
}

const text: fc.Arbitrary<Value> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    ' ',
    '0',
    '12',
    '-1.5',
    'true',
    'False',
    'null',
    '[1]',
    '["a"]',
    '{"a":1}',
    '{',
    '[',
    '2024-05-01',
    '9/7/2016',
  ),
);
const number: fc.Arbitrary<Value> = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const date: fc.Arbitrary<Value> = fc.date({ noInvalidDate: true });
const file: fc.Arbitrary<Value> = fc
  .tuple(fc.string(), fc.string(), fc.option(fc.nat()), fc.option(fc.string()))
  .map(([id, name, size, mediaType]) => new FileRef(id, name, size, mediaType));
const key = fc.oneof(
  fc.string(),
  fc.constantFrom(
    'a',
    'b',
    '0',
    '__proto__',
    'constructor',
    'toString',
    '$date',
    '$file',
    '$flow',
    '$number',
    '$object',
  ),
);
const { any, object } = fc.letrec<{ any: Value; object: Value }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    text,
    number,
    fc.boolean(),
    date,
    file,
    fc.array(tie('any'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.array(fc.tuple(key, tie('any')), { maxLength: 4 }).map((entries) => safeObject(entries)),
}));

const VALUES = {
  text,
  number,
  boolean: fc.boolean(),
  date,
  object,
  file,
  flow: fc.constant(new Flow()),
  any,
} as const;

const TYPES: readonly TypeRef[] = FIELD_TYPES.flatMap((type) => [{ type }, { type, list: true }]);
const typeRef = fc.constantFrom(...TYPES);
const typed = typeRef.chain((type) => valuesOf(type).map((value) => ({ type, value })));

/** Values of a declared type; null is one of every type. */
function valuesOf({ type, list }: TypeRef): fc.Arbitrary<Value> {
  const one: fc.Arbitrary<Value> = fc.option(VALUES[type], { freq: 8 });
  return list ? fc.option(fc.array(one, { maxLength: 4 }), { freq: 8 }) : one;
}

const ERROR = Symbol('conversion error');
function attempt(convert: (value: unknown) => Value, value: unknown): Value | typeof ERROR {
  try {
    return convert(value);
  } catch (error) {
    if (error instanceof ConversionError) return ERROR;
    throw error;
  }
}

/** The assertion library is led astray by an own key `constructor`. */
function same(actual: Value | typeof ERROR, expected: Value | typeof ERROR): void {
  if (actual === ERROR || expected === ERROR) assert.is(actual, expected);
  else assert.ok(deepEqual(actual, expected));
}

function law<Ts>(name: string, property: fc.IProperty<Ts>): void {
  test(name, () => fc.assert(property, { numRuns: 500 }));
}

law(
  'converting twice is converting once, and what fits is the same value',
  fc.property(typeRef, typed, (to, { value }) => {
    const once = attempt(converter(to), value);
    if (once === ERROR) return;
    assert.is(converter(to)(once), once);
  }),
);

law(
  'numbers and dates that come out of a conversion are finite',
  fc.property(fc.constantFrom<TypeRef>({ type: 'number' }, { type: 'date' }), typed, (to, { value }) => {
    const result = attempt(converter(to), value);
    assert.ok(result === ERROR || result === null || Number.isFinite(Number(result)));
  }),
);

law(
  'a wire converts as the input does',
  fc.property(typed, typeRef, ({ type, value }, to) => {
    const wire = wireConverter(type, to);
    const expected = attempt(converter(to), value);
    if (wire === null) same(expected, value);
    else if (wire !== 'never') same(attempt(wire, value), expected);
    else if (expected !== ERROR) assert.ok(converts(value), 'only null, empty text and lists without items convert');
  }),
);
function converts(value: Value): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.every(converts));
}

law(
  'number, boolean and date survive the way through text',
  fc.property(fc.constantFrom('number', 'boolean', 'date'), any, (type, value) => {
    const own = attempt(converter({ type }), value);
    if (own === ERROR) return;
    assert.equal(converter({ type })(converter({ type: 'text' })(own)), own);
  }),
);

law(
  'truth is the conversion to boolean, null being false, but that of empty text, which converts to null',
  fc.property(fc.oneof(text, number, fc.boolean(), fc.constant(null)), (value) => {
    assert.is(truthy(value), value === '' || (converter({ type: 'boolean' })(value) ?? false));
  }),
);

law(
  'equality has no direction; the opposites are opposite',
  fc.property(any, any, (a, b) => {
    assert.is(compare(a, '==', b), compare(b, '==', a));
    assert.is(compare(a, '===', b), compare(b, '===', a));
    for (const [operator, opposite] of [
      ['==', '!='],
      ['===', '!=='],
      ['in', 'not in'],
      ['has', "doesn't have"],
      ['is empty', 'is not empty'],
    ] as const) {
      assert.is(compare(a, operator, b), !compare(a, opposite, b));
    }
  }),
);

law(
  'order is antisymmetric, and total within numbers, texts and dates',
  fc.property(any, any, (a, b) => {
    assert.is(compare(a, '<', b), compare(b, '>', a));
    assert.is(compare(a, '<=', b), compare(b, '>=', a));
    assert.not(compare(a, '<', b) && compare(b, '<', a));
    assert.not(compare(a, '<', b) && !compare(a, '<=', b));
  }),
);
law(
  'two of one kind are less, equal or greater',
  fc.property(fc.oneof(fc.tuple(number, number), fc.tuple(text, text), fc.tuple(date, date)), ([a, b]) => {
    const holds = ['<', '===', '>'].filter((operator) => compare(a, operator, b));
    assert.is(holds.length, 1);
  }),
);

law(
  'a value equals itself and its copy; strict equality implies the loose one',
  fc.property(any, any, (a, b) => {
    const copy = decodeValue(JSON.parse(JSON.stringify(encodeValue(a))));
    assert.ok(compare(a, '===', copy));
    assert.ok(compare(a, '==', copy));
    if (compare(a, '===', b)) assert.ok(compare(a, '==', b));
  }),
);

law(
  'decoding gives back what was encoded',
  fc.property(any, (value) => {
    const json = JSON.parse(JSON.stringify(encodeValue(value)));
    const back = decodeValue(json);
    same(back, value);
    assert.is(JSON.stringify(encodeValue(back)), JSON.stringify(json));
  }),
);

law(
  'JSON data survives its text',
  fc.property(fc.jsonValue(), (value) => {
    // Plain JSON is a Value; the library's type only says less about it.
    const json = JSON.parse(JSON.stringify(value)) as Value;
    same(parseJsonText(toJsonText(json)), json);
  }),
);

const SAFE = key.filter((one) => !['__proto__', 'constructor', 'prototype'].includes(one));
/** No digits: what stands at the path decides whether an index fits there. */
const segments = fc.array(
  SAFE.filter((one) => !/^\d+$/.test(one)),
  { minLength: 1, maxLength: 4 },
);

law(
  'what was set is what one gets, and other keys stay',
  fc.property(object, segments, any, (value, path, newValue) => {
    fc.pre(!passesList(value, path));
    const before = toJsonText(encodeValue(value) as Value);
    const after = setPath(value, path, newValue);
    assert.is(getPath(after, path), newValue);
    assert.is(toJsonText(encodeValue(value) as Value), before);
    for (const other of Object.keys(value as object)) {
      if (other !== path[0]) assert.is(getPath(after, [other]), getPath(value, [other]));
    }
    assert.is(getPath(removePath(after, path), path), null);
  }),
);
function passesList(value: Value, path: readonly string[]): boolean {
  return path.some((_, index) => Array.isArray(getPath(value, path.slice(0, index))));
}

law(
  'list items can be set by index',
  fc.property(fc.array(any, { maxLength: 5 }), fc.nat(8), any, (list, index, value) => {
    const after = setPath({ list }, ['list', String(index)], value);
    assert.is(getPath(after, ['list', String(index)]), value);
    assert.is((getPath(after, ['list']) as readonly Value[]).length, Math.max(list.length, index + 1));
  }),
);

law(
  'reading by any path gives a value, never an inherited one',
  fc.property(
    any,
    fc.array(fc.oneof(key, fc.constantFrom('length', 'valueOf', 'name')), { maxLength: 5 }),
    (value, path) => {
      assert.is(pointerReader(path)(value), readPointer(value, path));
      assert.is(pathReader(path)(value), getPath(value, path));
      for (const found of [getPath(value, path), readPointer(value, path)]) {
        assert.not.type(found, 'function');
        assert.is.not(found, undefined);
      }
    },
  ),
);

law(
  'pointers and list paths round trip',
  fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 6 }), (tokens) => {
    assert.equal(parsePointer(formatPointer(tokens)), tokens);
    assert.equal(parsePath(tokens), tokens);
  }),
);

test.run();
