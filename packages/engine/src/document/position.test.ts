/** What is promised of positions: they lead to the very member that a pointer names. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { pointerTo } from '../values/index.js';
import { positionsOf } from './position.js';

/** The text from a position on. */
function textAt(text: string, pointer: string): string {
  const position = positionsOf(text, [pointer]).get(pointer);
  if (!position) throw new Error(`no position of ${pointer}`);
  const line = text.split(/\r\n|\r|\n/)[position.line - 1] ?? '';
  return line.slice(position.column - 1);
}

test('members are at their name, items at their value, what is missing at what is around it', () => {
  const text = '{\r\n  "a": {"x/y": [1, {"b~": "]}"}, "last"]},\r\n  "c\\u0041": 1\r\n}';
  assert.is(textAt(text, ''), '{');
  assert.ok(textAt(text, '/a').startsWith('"a"'));
  assert.ok(textAt(text, '/a/x~1y').startsWith('"x/y"'));
  assert.ok(textAt(text, '/a/x~1y/1').startsWith('{"b~"'));
  assert.ok(textAt(text, '/a/x~1y/1/b~0').startsWith('"b~"'));
  assert.ok(textAt(text, '/a/x~1y/2').startsWith('"last"'));
  assert.ok(textAt(text, '/cA').startsWith('"c\\u0041"'));
  assert.ok(textAt(text, '/a/x~1y/7/8').startsWith('"x/y"'));
});

test('law: every path of every JSON value is found, however it is printed', () => {
  const space = fc.constantFrom(undefined, 1, '\t');
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), space, (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const wanted = [...paths(value, '')];
      const positions = positionsOf(
        text,
        wanted.map(([pointer]) => pointer),
      );
      const lines = text.split('\n');
      for (const [pointer, start] of wanted) {
        const { line = 0, column = 0 } = positions.get(pointer) ?? {};
        assert.ok((lines[line - 1] ?? '').slice(column - 1).startsWith(start), `${pointer} in ${text}`);
      }
    }),
  );
});

/** Pointers into a value, each with what its text begins with. */
function* paths(value: unknown, pointer: string): Generator<[pointer: string, start: string]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const inner = pointerTo(pointer, key);
    yield [inner, Array.isArray(value) ? startOf(member) : JSON.stringify(key)];
    yield* paths(member, inner);
  }
}

function startOf(value: unknown): string {
  if (Array.isArray(value)) return '[';
  return typeof value === 'object' && value !== null ? '{' : JSON.stringify(value);
}

test('text that is not JSON is walked to its end all the same', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      assert.is(positionsOf(text, ['/a/0']).size, 1);
    }),
  );
});

test('a long text of 10 MB is no trouble', () => {
  const text = JSON.stringify({ a: 'x\\'.repeat(3_000_000), b: [1] });
  assert.ok((positionsOf(text, ['/b/0']).get('/b/0')?.column ?? 0) > 6_000_000);
});

test.run();
