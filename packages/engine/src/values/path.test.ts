import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { RunError } from '../errors.js';
import {
  deepFreeze,
  FileRef,
  formatPointer,
  getPath,
  parsePath,
  parsePointer,
  pathReader,
  pointerReader,
  readPointer,
  removePath,
  safeObject,
  setPath,
  type Value,
} from './index.js';

const DATA: Value = deepFreeze({
  'Raw Output': { profile: { email: 'a@b.c' } },
  result: [{ id: 'x' }, { id: 'y' }],
  Columns: { '0-userName': 'u', '0': 'zero' },
  'a.b': 1,
  empty: null,
  text: 'text',
  on: new Date(0),
  file: new FileRef('1', 'a'),
});

const READS: readonly (readonly [path: string | string[], expected: Value])[] = [
  ['Raw Output.profile.email', 'a@b.c'],
  ['result.0.id', 'x'],
  ['result.1.id', 'y'],
  ['result.01.id', 'y'],
  ['result.2.id', null],
  ['result.-1', null],
  ['result.id', null],
  ['result.length', null],
  ['Columns.0-userName', 'u'],
  ['Columns.0', 'zero'],
  [['a.b'], 1],
  ['a.b', null],
  ['raw output', null],
  ['Raw Output. profile', null],
  ['empty.x', null],
  ['text.length', null],
  ['text.0', null],
  ['on.getTime', null],
  ['file.name', null],
  ['__proto__', null],
  ['constructor.name', null],
  ['toString', null],
  ['result.constructor', null],
  ['', DATA],
  [[], DATA],
];
for (const [path, expected] of READS) {
  test(`getPath ${JSON.stringify(path)}`, () => {
    assert.equal(getPath(DATA, parsePath(path)), expected);
    assert.equal(pathReader(parsePath(path))(DATA), expected);
  });
}

test('a path may start in a list, and null has no parts', () => {
  assert.is(getPath([{ type: 'a' }], parsePath('0.type')), 'a');
  assert.is(getPath(null, parsePath('a')), null);
  assert.is(getPath(undefined, []), null);
  assert.is(getPath(JSON.parse('{"__proto__":{"a":1}}'), parsePath('__proto__.a')), null);
});

const WRITES: readonly (readonly [value: Value, path: string | string[], expected: Value])[] = [
  [{ foo: '1' }, 'foo', { foo: 9 }],
  [{ foo: '1' }, 'bar', { foo: '1', bar: 9 }],
  [{ foo: '1' }, 'bar.baz', { foo: '1', bar: { baz: 9 } }],
  [{ foo: ['0', '1', '2'] }, 'foo.1', { foo: ['0', 9, '2'] }],
  [{}, ['foo.bar'], { 'foo.bar': 9 }],
  [{}, 'fields.0.type', { fields: [{ type: 9 }] }],
  [{}, 'fields.2', { fields: [null, null, 9] }],
  [null, 'a', { a: 9 }],
  [null, '0', [9]],
  ['text', 'a', { a: 9 }],
  [{ a: 'text' }, 'a.b', { a: { b: 9 } }],
  [{ a: { 0: 'x' } }, 'a.0', { a: { 0: 9 } }],
  [[1, 2], '2', [1, 2, 9]],
  [1, '', 9],
];
for (const [value, path, expected] of WRITES) {
  test(`setPath ${JSON.stringify(value)} at ${JSON.stringify(path)}`, () => {
    assert.equal(setPath(deepFreeze(value), parsePath(path), 9), expected);
  });
}

test('only what lies on the way is copied', () => {
  const before = deepFreeze({ a: { b: 1 }, c: { d: [1] } });
  const after = setPath(before, ['a', 'b'], 2) as typeof before;
  assert.is.not(after, before);
  assert.is(after.c, before.c);
  assert.equal(before, { a: { b: 1 }, c: { d: [1] } });
});

test('an own __proto__ beside the path survives as an own key', () => {
  const value = safeObject([['__proto__', 1]]);
  assert.equal(Object.keys(setPath(value, ['a'], 2) as object), ['__proto__', 'a']);
});

const REFUSED: readonly (readonly [code: string, act: () => unknown])[] = [
  ['unsafe-key', () => setPath({}, ['__proto__', 'polluted'], 1)],
  ['unsafe-key', () => setPath({}, ['a', 'constructor'], 1)],
  ['unsafe-key', () => setPath({}, ['prototype'], 1)],
  ['unsafe-key', () => removePath({}, ['a', '__proto__'])],
  ['path-index', () => setPath([1], ['a'], 1)],
  ['path-index', () => setPath([1], ['1000001'], 1)],
  ['path-index', () => setPath({}, ['a', '99999999999999999999999'], 1)],
  ['path-depth', () => parsePath('a.'.repeat(1001))],
  ['pointer-syntax', () => parsePointer('a')],
  ['pointer-syntax', () => parsePointer('/~2')],
  ['pointer-syntax', () => parsePointer('/~')],
];
for (const [code, act] of REFUSED) {
  test(`${act.toString().slice(6, 70)} is refused with ${code}`, () => {
    assert.throws(
      act,
      (error: unknown) => error instanceof RunError && error.code === code && error.hint !== undefined,
    );
    assert.is((Object.prototype as { polluted?: unknown }).polluted, undefined);
  });
}

const REMOVALS: readonly (readonly [value: Value, path: string, expected: Value])[] = [
  [{ a: 1, b: 2 }, 'a', { b: 2 }],
  [{ a: { b: 1, c: 2 } }, 'a.b', { a: { c: 2 } }],
  [{ a: [1, 2, 3] }, 'a.1', { a: [1, 3] }],
  [{ a: 1 }, '', null],
];
for (const [value, path, expected] of REMOVALS) {
  test(`removePath ${JSON.stringify(value)} at ${path || 'the root'}`, () => {
    assert.equal(removePath(deepFreeze(value), parsePath(path)), expected);
  });
}
test('removing what is not there gives the value itself', () => {
  const value = deepFreeze({ a: [1], b: 'text' });
  for (const path of ['c', 'a.1', 'a.x', 'b.c', 'c.d.e', 'toString']) {
    assert.is(removePath(value, parsePath(path)), value, path);
  }
});

/** The examples of RFC 6901, section 5. */
const RFC: Value = {
  foo: ['bar', 'baz'],
  '': 0,
  'a/b': 1,
  'c%d': 2,
  'e^f': 3,
  'g|h': 4,
  'i\\j': 5,
  'k"l': 6,
  ' ': 7,
  'm~n': 8,
};
const POINTERS: readonly (readonly [pointer: string, expected: Value])[] = [
  ['', RFC],
  ['/foo', ['bar', 'baz']],
  ['/foo/0', 'bar'],
  ['/', 0],
  ['/a~1b', 1],
  ['/c%d', 2],
  ['/e^f', 3],
  ['/g|h', 4],
  ['/i\\j', 5],
  ['/k"l', 6],
  ['/ ', 7],
  ['/m~0n', 8],
  ['/foo/00', null],
  ['/foo/-', null],
  ['/foo/2', null],
  ['/foo/length', null],
  ['/constructor', null],
  ['/__proto__/toString', null],
  ['/a~1b/c', null],
];
for (const [pointer, expected] of POINTERS) {
  test(`pointer ${JSON.stringify(pointer)}`, () => {
    assert.equal(readPointer(RFC, parsePointer(pointer)), expected);
    assert.equal(pointerReader(parsePointer(pointer))(RFC), expected);
    assert.is(formatPointer(parsePointer(pointer)), pointer);
  });
}
test('~01 stands for ~1', () => assert.equal(parsePointer('/~01'), ['~1']));
test('numbers are tokens too', () => assert.is(formatPointer(['cards', 0, 'a/b']), '/cards/0/a~1b'));

test.run();
