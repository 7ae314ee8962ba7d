import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lineReader } from '../values/index.js';
import { diagnoseJson } from './json-diagnostic.js';

/** Text with `^` before the place, a part of the message, a part of the hint, the pointer. */
const BROKEN: [text: string, message: string, hint: string, pointer: string][] = [
  ['^', 'document is empty', 'Write a flow', ''],
  ['{"a": [1, 2^,]}', 'comma stands before "]"', 'Remove the comma', '/a'],
  ['{"a": 1^,}', 'comma stands before "}"', 'Remove the comma', ''],
  ['{"a": 1 ^"b": 2}', 'Expected "," or "}"', 'comma between', ''],
  ['{"a": [1, 2^}', 'Expected "," or "]"', 'Close with "]"', '/a'],
  ['{"a" ^1}', 'Expected ":"', '"name": value', ''],
  ["{^'a': 1}", 'name in double quotes', '"name": value', ''],
  ['{^a: 1}', 'but found "a"', '"name": value', ''],
  ["[1, ^'a']", 'double quotes', 'Write "text"', ''],
  ['{"a": 1, ^// why\n"b": 2}', 'no comments', '"note"', ''],
  ['[^True]', 'small letters', 'Write true', ''],
  ['[^undefined]', 'no undefined', 'Write null', ''],
  ['[^yes]', 'not a JSON value', '"yes"', ''],
  ['[^01]', 'not a JSON number', 'leading zero', ''],
  ['[^.5]', 'not a JSON number', '0.5', ''],
  ['["a^\n"]', 'inside text', '\\n', ''],
  ['["^\\x"]', 'escape', 'backslash', ''],
  ['["\\u00e9^\\u00e"]', 'escape', 'backslash', ''],
  ['{"x": {"y": ["a", ^"b]}}', 'no closing quote', 'Add a "', '/x/y'],
  ['{"a": {"b": [1^', 'text ends', 'line 1, column 13', '/a/b'],
  ['{} ^{}', 'has ended', 'one value', ''],
  ['{"a": ^}', 'Expected a value', 'Add the value', ''],
];

for (const [marked, message, hint, pointer] of BROKEN) {
  test(`what is wrong with ${JSON.stringify(marked)}`, () => {
    const diagnostic = diagnoseJson(marked.replace('^', ''), 100);
    assert.ok(diagnostic);
    assert.is(diagnostic.code, 'json-syntax');
    assert.is(diagnostic.offset, marked.indexOf('^'));
    assert.match(diagnostic.message, message);
    assert.match(diagnostic.hint, hint);
    assert.is(diagnostic.pointer, pointer);
  });
}

test('depth ends the search', () => {
  const diagnostic = diagnoseJson('[[[[]]]', 3);
  assert.is(diagnostic?.code, 'document-too-deep');
  assert.is(diagnostic?.offset, 3);
});

test('lines end with LF, CR LF or CR', () => {
  const text = 'a\nb\r\nc\rd';
  assert.equal(
    [0, 1, 2, 5, 7].map((offset) => Object.values(lineReader(text)(offset))),
    [
      [1, 1],
      [1, 2],
      [2, 1],
      [3, 1],
      [4, 1],
    ],
  );
});

test('it says no exactly where JSON.parse refuses the text', () => {
  const broken = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.nat(3),
      fc.constantFrom('', ',', '"', '\\', '{', '}', '[', ']', ':', '-', '0', 'e', '.', '\n', 't', '\u0001', '\uFEFF'),
    )
    .map(([text, at, length, put]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + put + text.slice(start + length);
    });
  let refused = 0;
  fc.assert(
    fc.property(fc.oneof(broken, fc.json(), fc.string()), (text) => {
      const diagnostic = diagnoseJson(text, 1000);
      assert.is(diagnostic === null, isJson(text));
      if (diagnostic) refused++;
    }),
    { numRuns: 2000 },
  );
  assert.ok(refused > 100);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.run();
